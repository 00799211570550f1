"""The answers of an invented State to the questionnaire on demand, drawn with a seed.

The same State writes the same answers each time. Most measures have no known effect: that is what
the report of 2012 found of real ones, and what the figures of the demonstration show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from marsad.questionnaires.queries.outline import Item, Outline, Section
from marsad.review.demonstration.data import Passage, table, unmarked

_IN_PLACE = ("yes", "in_part")
_KNOWN = ("clear", "some", "none")
#: What is said of a measure that is not in place.
_OTHERWISE = ("no", "not_considered", "not_applicable", "unknown")
#: What is said of its effect; empty stands for no answer.
_EFFECTS = ("not_examined", "", "unknown", "some", "none", "clear")
_PROOFS = ("opinion", "statistics", "internal", "survey", "evaluation")
_SECTORS = ("agriculture", "construction", "domestic_work", "hospitality", "fishing", "online")
_HELP = ("data", "training", "funds", "expert", "exchange", "drafting")
_PARTS = ("which", "effect", "proof", "shown")
_ENDS = ("practice", "obstacles", "has_figures", "figure", "confidential")


@dataclass(frozen=True, kw_only=True)
class Written:
    """An answer of an invented State."""

    path: str
    name: str
    kind: str
    position: tuple[int, ...]
    value: str
    passages: Sequence[Passage]


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Who writes: a State, in one round."""

    state: str
    #: Tells one round from another.
    seed: str
    language: str
    #: How many of the measures it has, as a share.
    share: float
    #: When it wrote: the answers speak of the years before.
    on: date
    is_public: bool = True
    set: Mapping[str, str] = field(default_factory=dict)
    #: Names of what is for the Secretariat alone.
    confidential: frozenset[str] = frozenset()

    def chance(self, name: str) -> Random:
        """What is drawn for one question, whatever is drawn for the others."""
        return Random(f"{self.seed} {self.state} {name}")  # noqa: S311 - nothing is kept secret


def write(writer: Writer, outline: Outline) -> list[Written]:
    """Every answer of a State, in the order of the form."""
    written: list[Written] = []
    values: dict[str, str] = {}
    for section in outline.sections:
        for item in section.items:
            if item.kind == "repeat":
                written += _entries(writer, item, section, values)
            elif item.is_question:
                value = _value(writer, item, section, values)
                values[item.name] = value
                written += _written(item, value, ())
    return written


def _written(item: Item, value: str, position: tuple[int, ...]) -> Iterator[Written]:
    plain, passages = unmarked(value)
    if plain:
        yield Written(
            path=item.path,
            name=item.name,
            kind=item.kind,
            position=position,
            value=plain,
            passages=passages,
        )


def _value(writer: Writer, item: Item, section: Section, values: Mapping[str, str]) -> str:
    if not _is_asked(item.name, values):
        return ""
    if item.name in writer.set:
        return writer.set[item.name]
    base, _, part = item.name.rpartition("_")
    if item.name in table("measures"):
        return _measure(writer, item.name)
    if base in table("measures") and part in _PARTS:
        return _of_a_measure(writer, base, part, values)
    stem, _, end = item.name.partition("_")
    if stem == section.name and end in _ENDS:
        return _end(writer, section.name, end)
    return _about(writer, item.name)


def _is_asked(name: str, values: Mapping[str, str]) -> bool:
    """The rules of the form, as far as they hide a question that is written here."""
    base, _, part = name.rpartition("_")
    if base not in table("measures") or part not in _PARTS:
        return True
    if part in ("which", "effect"):
        return values.get(base) in _IN_PLACE
    return values.get(f"{base}_effect") in _KNOWN


# ── measures ─────────────────────────────────────────────────────────────────────────────────────
def _measure(writer: Writer, name: str) -> str:
    # Drawn alike in both rounds: what a State had then it has now, and the rest is new.
    chance = Random(f"{writer.state} {name}")  # noqa: S311 - nothing is kept secret
    if chance.random() < writer.share:
        return "yes" if chance.random() < 0.6 else "in_part"
    return chance.choices(_OTHERWISE, weights=(55, 20, 8, 17))[0]


def _of_a_measure(writer: Writer, base: str, part: str, values: Mapping[str, str]) -> str:
    chance = writer.chance(f"{base}_{part}")
    if part == "effect":
        return chance.choices(_EFFECTS, weights=(72, 13, 11, 2, 1, 1))[0]
    if part == "proof":
        return chance.choices(_PROOFS, weights=(45, 20, 20, 10, 5))[0]
    if part == "shown":
        kind = values.get(f"{base}_proof", "") or "opinion"
        # A view alone is most often given without a word on what it rests on.
        if kind == "opinion":
            return ""
        return _said(writer, table("words")["shown"][kind], name=f"{base}_shown")
    # One in six names no measure.
    if chance.random() < 1 / 6:
        return ""
    said = _said(writer, table("measures")[base], name=f"{base}_which")
    # Half of them say something more.
    if chance.random() < 0.5:
        return said
    return f"{said} {_said(writer, table('words')['more'], name=f'{base}_more')}"


def _said(writer: Writer, texts: Mapping[str, Sequence[str]], *, name: str) -> str:
    """One of the texts in the State's language, its places filled."""
    chance = writer.chance(f"{name} words")
    text = chance.choice(texts[writer.language])
    year = writer.on.year - chance.randint(2, 9)
    filled = text.format(
        year=year,
        later=year + 1,
        number=chance.randint(12, 97),
        few=chance.randint(3, 9),
        body=chance.choice(table("words")["bodies"][writer.language]),
    )
    return filled[:1].upper() + filled[1:]


# ── the end of a theme ───────────────────────────────────────────────────────────────────────────
def _end(writer: Writer, theme: str, end: str) -> str:
    chance = writer.chance(f"{theme}_{end}")
    if end in ("practice", "obstacles"):
        texts = table("words")[end][theme]
        return _said(writer, texts, name=f"{theme}_{end}") if chance.random() < 0.6 else ""
    if end == "has_figures":
        return chance.choices(("yes", "no", "unknown", ""), weights=(35, 35, 15, 15))[0]
    if theme in writer.confidential:
        return "secretariat"
    return "public" if writer.is_public else "states"


def _entries(
    writer: Writer, repeat: Item, section: Section, values: Mapping[str, str]
) -> Iterator[Written]:
    if repeat.name == "attachment":
        yield from _enclosed(writer, repeat)
    elif values.get(f"{section.name}_has_figures") == "yes":
        yield from _figures(writer, repeat, theme=section.name)


def _figures(writer: Writer, repeat: Item, *, theme: str) -> Iterator[Written]:
    chance = writer.chance(f"{theme}_figure")
    kinds: list[list[str]] = list(table("words")["figures"][theme])
    chosen = chance.sample(kinds, k=min(len(kinds), chance.randint(1, 2)))
    items = {each.name: each for each in repeat.items}
    for number, (what, unit) in enumerate(chosen, start=1):
        year = writer.on.year - 1
        values = {
            "what": what,
            "unit": unit,
            "standing": chance.choices(("final", "provisional", "estimate"), weights=(6, 2, 2))[0],
            "value": str(chance.randint(2, 480)),
            "from": f"{year}-01-01",
            "to": f"{year}-12-31",
            "source": chance.choice(table("words")["sources"][writer.language]),
        }
        for name, value in values.items():
            yield from _written(items[f"{theme}_{name}"], value, (number,))


def _enclosed(writer: Writer, repeat: Item) -> Iterator[Written]:
    if writer.chance("attachment").random() < 0.3:
        items = {each.name: each for each in repeat.items}
        title = _said(writer, table("words")["enclosed"], name="attachment")
        yield from _written(items["attachment_title"], title, (1,))
        yield from _written(
            items["attachment_link"], f"https://{writer.state.lower()}.invalid/plan", (1,)
        )


# ── the first and the last section ───────────────────────────────────────────────────────────────
def _about(writer: Writer, name: str) -> str:
    chance = writer.chance(name)
    if name == "responsible_body":
        body: str = chance.choice(table("words")["bodies"][writer.language])
        return body[:1].upper() + body[1:]
    if name == "period_from":
        return f"{writer.on.year - 2}-01-01"
    if name == "period_to":
        return (writer.on - timedelta(days=chance.randint(10, 60))).isoformat()
    if name == "demand":
        return "yes" if writer.share >= 0.5 else "in_part"
    if name == "demand_sectors":
        return _several(chance, _SECTORS)
    if name == "learned" and chance.random() < 0.55:
        return _said(writer, table("words")["learned"], name=name)
    if name == "demand_help":
        return "none" if chance.random() < 0.15 else _several(chance, _HELP)
    return ""


def _several(chance: Random, options: Sequence[str]) -> str:
    chosen = set(chance.sample(options, k=chance.randint(1, 3)))
    return " ".join(each for each in options if each in chosen)
