"""A questionnaire on paper, by Typst: the template is fixed, the content is never markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from marsad.design.formatting import Formatter, lang_dir, reading_as
from marsad.design.printing.fonts import fonts_for
from marsad.design.printing.made import clean
from marsad.design.printing.palette import colour
from marsad.questionnaires.checking import CHOICES, FILES, in_language
from marsad.questionnaires.exports.conditions import Conditions
from marsad.questionnaires.plain_words import plain
from marsad.questionnaires.types import VersionCard
from marsad.questionnaires.words import Obligation, provision_name

TEMPLATE = Path(__file__).parent / "templates" / "form.typ"
#: Choices printed one by one; of a longer list the answer is written by hand.
_MOST_CHOICES = 40
#: Languages that the house speaks: its own words are in one of them.
_HOUSE = ("ar", "en")

_SILENT = frozenset({"calculate", "metadata", "hidden"})


def write(
    *,
    card: VersionCard,
    tree: Mapping[str, Any],
    lists: Mapping[str, list[dict[str, Any]]],
    language: str,
) -> bytes:
    """The PDF of a version in one language of it."""
    own = language if language in _HOUSE else "en"
    with override(own), reading_as(language=own) as formatter:
        content = _Paper(tree, lists, language=language, formatter=formatter).content(card)
    data = clean(json.dumps(content, ensure_ascii=False))
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=fonts_for(data),
        format="pdf",
        sys_inputs={"data": data},
        timestamp=(card.published_at or card.uploaded_at).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst answers one PDF with bytes.")
    return made


class _Paper:
    """The form as the template wants it."""

    def __init__(
        self,
        tree: Mapping[str, Any],
        lists: Mapping[str, list[dict[str, Any]]],
        *,
        language: str,
        formatter: Formatter,
    ) -> None:
        self.tree = tree
        self.lists = lists
        self.language = language
        self.formatter = formatter
        self.nodes = {node["path"]: node for node in _all(tree["children"])}
        self.numbers = dict(self._numbered(tree["children"], prefix=""))
        self.conditions = Conditions(
            numbers=self.numbers, nodes=self.nodes, lists=lists, language=language
        )

    def content(self, card: VersionCard) -> dict[str, Any]:
        title = in_language(self.tree.get("titles", {}), self.language) or card.title
        return {
            "language": self.language,
            "direction": lang_dir(self.language),
            "title": title,
            "subtitle": _("{form}, version {version}").format(
                form=card.form_id, version=card.version
            ),
            "page_words": re.split(r"(\{pages?\})", _("Page {page} of {pages}")),
            "arabic_indic": self.formatter.text("1") != "1",
            "colours": _colours(),
            "blocks": list(self._blocks(self.tree["children"], level=1)),
        }

    def _numbered(
        self, nodes: Sequence[Mapping[str, Any]], *, prefix: str
    ) -> Iterator[tuple[str, str]]:
        """Every group and question with its number: 1, 1.2, 1.2.3."""
        count = 0
        for node in nodes:
            if node["kind"] in _SILENT or node["kind"] == "note":
                continue
            if node["kind"] == "group" and not _words(node, self.language):
                # A group without words orders the form, not the paper.
                for path, number in self._numbered(node.get("children", []), prefix=""):
                    _first, _dot, rest = number.partition(".")
                    count += not rest
                    yield path, f"{prefix}{count}" + (f".{rest}" if rest else "")
                continue
            count += 1
            number = f"{prefix}{count}"
            yield node["path"], number
            yield from self._numbered(node.get("children", []), prefix=f"{number}.")

    def _blocks(
        self, nodes: Sequence[Mapping[str, Any]], *, level: int
    ) -> Iterator[dict[str, Any]]:
        for node in nodes:
            if node["kind"] in _SILENT:
                continue
            words = _words(node, self.language)
            if node["kind"] in ("group", "repeat"):
                if words or node["kind"] == "repeat":
                    yield self._heading(node, words, level=level)
                deeper = level + 1 if words else level
                yield from self._blocks(node.get("children", []), level=deeper)
            else:
                yield self._question(node, words)

    def _heading(self, node: Mapping[str, Any], words: str, *, level: int) -> dict[str, Any]:
        return {
            "what": "heading",
            "level": min(level, 3),
            "number": self._number(node),
            "words": words or node["name"],
            "note": _("Answer this part once for each; copy the page as often as you need.")
            if node["kind"] == "repeat"
            else "",
            "condition": self._condition(node),
        }

    def _number(self, node: Mapping[str, Any]) -> str:
        return self.formatter.text(self.numbers.get(node["path"], ""))

    def _question(self, node: Mapping[str, Any], words: str) -> dict[str, Any]:
        choices = self._choices(node)
        return {
            "what": "note" if node["kind"] == "note" else "question",
            "number": self._number(node),
            "words": words or node["name"],
            "hint": plain(in_language(node.get("hints", {}), self.language)),
            "required": bool(node.get("rules", {}).get("required")),
            "condition": self._condition(node),
            "serves": self._serves(node),
            "several": node["kind"] in ("select_multiple", "rank"),
            "choices": choices,
            "note": self._note(node, choices),
            "lines": self._lines(node, choices),
        }

    def _choices(self, node: Mapping[str, Any]) -> list[str]:
        if node["kind"] not in CHOICES:
            return []
        offered = self.lists.get(node.get("choice_list", "") or node["path"], [])
        if len(offered) > _MOST_CHOICES:
            return []
        return [plain(in_language(one["labels"], self.language)) or one["value"] for one in offered]

    def _note(self, node: Mapping[str, Any], choices: Sequence[str]) -> str:
        kind = node["kind"]
        if kind == "select_multiple" and choices:
            return _("Mark all that apply.")
        if kind == "rank":
            return _("Number them in order, 1 for the first.")
        if kind in FILES:
            return _("Attach it.")
        if kind in ("date", "dateTime"):
            return _("Day, month, year")
        return ""

    def _lines(self, node: Mapping[str, Any], choices: Sequence[str]) -> int:
        """How many lines to write on."""
        if choices or node["kind"] == "note":
            return 0
        return 3 if "multiline" in node.get("appearance", "") else 1

    def _condition(self, node: Mapping[str, Any]) -> str:
        relevant = node.get("rules", {}).get("relevant", "")
        if not relevant:
            return ""
        wanted = self.conditions.wanted(relevant, at=node["path"])
        if wanted is None:
            return _("Only if it applies after what was answered before.")
        parts = [
            (
                _("{number} is {answers}") if one.is_wanted else _("{number} is not {answers}")
            ).format(
                number=self.formatter.text(one.number),
                answers=_(" or ").join(_("“{answer}”").format(answer=each) for each in one.answers),
            )
            for one in wanted
        ]
        return _("Only if {conditions}.").format(conditions=self.formatter.listed(parts))

    def _serves(self, node: Mapping[str, Any]) -> str:
        serves = node.get("serves", {})
        named = [
            provision_name(each["instrument"], each["article"], each["paragraph"])
            for each in serves.get("provisions", [])
        ]
        obligation = serves.get("obligation", "")
        if named and obligation:
            named[-1] += f" ({Obligation(obligation).label})"
        return "؛ ".join(named) if lang_dir(self.language) == "rtl" else "; ".join(named)


def _colours() -> dict[str, str]:
    return {name: colour(name) for name in ("ink", "ink-soft", "accent", "line-strong")}


def _words(node: Mapping[str, Any], language: str) -> str:
    return plain(in_language(node.get("labels", {}), language))


def _all(nodes: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for node in nodes:
        yield node
        yield from _all(node.get("children", []))
