"""A version laid out for rooms that ask it page by page: sections, groups, questions, rules.

Whoever calls has judged who may know of the form: a round shows its questionnaire to whom it asks,
also after the version was withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from marsad.questionnaires import problems
from marsad.questionnaires.checking import UNASKED, Field, Form, in_language, load_form
from marsad.questionnaires.compiling import own_columns
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.questionnaires.plain_words import plain
from marsad.questionnaires.types import Provision, State

#: Versions kept read: those of the rounds that are open now.
_KEPT = 16
_VALUE = re.compile(r"(\$\{[^{}]{1,200}\})")


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question, a note, a group or a repeat, in one language."""

    path: str
    name: str
    #: `group`, `repeat`, `note` or the kind of a question: see `checking.KINDS`.
    kind: str
    #: Without mark-up, in `language`; values shown in it stand as `${name}`.
    label: str
    hint: str
    language: str
    #: Path of the section it stands in, and of the innermost repeat; that is empty where none is.
    section: str
    repeat: str
    #: How many repeats it stands in, itself included where it is one.
    depth: int
    #: Whether people answer it.
    is_question: bool
    is_required: bool
    options: Sequence[Option]
    #: Whether a filter leaves some of the options out, by other answers.
    is_filtered: bool
    #: Least, most and step of a scale.
    bounds: tuple[float, float, float] | None
    appearance: str
    #: By name: `relevant`, `constraint`, `required`, `calculate`, as the form writes them.
    rules: Mapping[str, str]
    #: What the form says where the constraint does not hold.
    constraint_message: str
    provisions: Sequence[Provision]
    #: `mandatory`, `optional` or empty.
    obligation: str
    themes: Sequence[str]
    concept: str
    items: Sequence[Item]

    def every(self) -> Iterator[Item]:
        """Itself and everything in it, in order."""
        yield self
        for each in self.items:
            yield from each.every()

    def words_of(self, value: str) -> list[str]:
        """A value as a reader says it: the labels of what was chosen, or the value itself."""
        if not self.options:
            return [value] if value else []
        labels = {option.value: option.label for option in self.options}
        chosen = [value] if self.kind == "select_one" else value.split()
        return [labels.get(each, each) for each in chosen if each]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a form that is filled in, and handed out, as one."""

    path: str
    #: Its name in the form: what addresses use.
    name: str
    label: str
    language: str
    items: Sequence[Item]

    def every(self) -> Iterator[Item]:
        """Everything in it, in order."""
        for each in self.items:
            yield from each.every()

    @property
    def questions(self) -> list[Item]:
        """Those of its items that people answer, in order."""
        return [each for each in self.every() if each.is_question]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A version, section by section, in one language."""

    form_key: str
    form_id: str
    version: str
    title: str
    #: The language that it was asked for, where the form has it; else the form's own.
    language: str
    #: Codes, the default first.
    languages: Sequence[str]
    sections: Sequence[Section]
    #: Everything, by path, in the order of the form.
    items: Mapping[str, Item]

    @property
    def questions(self) -> list[Item]:
        """What people answer, in the order of the form."""
        return [each for each in self.items.values() if each.is_question]

    def section_named(self, name: str) -> Section | None:
        return next((each for each in self.sections if each.name == name), None)

    def section_of(self, path: str) -> Section | None:
        """The section that a question stands in."""
        item = self.items.get(path)
        wanted = path if item is None else item.section
        return next((each for each in self.sections if each.path == wanted), None)


def outline(*, form_key: str, language: str) -> Outline:
    """A version that was published, laid out in a language.

    :raises NoSuchVersion: if there is none of that key, or it is a draft still.
    """
    return _laid(form_key, language)


def is_withdrawn(*, form_key: str) -> bool:
    """Whether a version was withdrawn; rooms that asked it before go on with it."""
    return QuestionnaireVersion.objects.filter(key=form_key, state=State.WITHDRAWN).exists()


def form(form_key: str) -> Form:
    """The form of a version that was published, ready to check answers with; read once and kept.

    :raises NoSuchVersion:
    """
    return _form(form_key)


@lru_cache(maxsize=_KEPT)
def _form(form_key: str) -> Form:
    version = (
        QuestionnaireVersion.objects.filter(key=form_key)
        .exclude(state=State.DRAFT)
        .only("xform", "pk")
        .first()
    )
    if version is None:
        raise problems.NoSuchVersion(version=form_key)
    lists = {each.name: bytes(each.data) for each in version.media.filter(name__iendswith=".csv")}
    return load_form(bytes(version.xform), lists)


@lru_cache(maxsize=_KEPT * 3)
def _laid(form_key: str, language: str) -> Outline:
    read = _form(form_key)  # never a draft, which could still change
    version = (
        QuestionnaireVersion.objects.select_related("questionnaire")
        .only("version", "titles", "languages", "questionnaire__form_id")
        .get(key=form_key)
    )
    sections = _sections(read, language)
    items: dict[str, Item] = {}
    for section in sections:
        for item in section.every():
            items[item.path] = item
    return Outline(
        form_key=form_key,
        form_id=version.questionnaire.form_id,
        version=version.version,
        title=in_language(version.titles, language) or version.questionnaire.form_id,
        language=language if language in version.languages else version.languages[0],
        languages=tuple(version.languages),
        sections=sections,
        items=items,
    )


def _sections(read: Form, language: str) -> tuple[Section, ...]:
    """Each group of the first level; a form without any is one section."""
    top = [each for each in read.root.children if each.name != "meta" and _is_shown(each)]
    if not any(each.is_group for each in top):
        items = tuple(_item(each, language, section=read.root.path) for each in top)
        return (
            Section(
                path=read.root.path,
                name=read.root.name,
                label=read.title,
                language=language if language in read.languages else read.languages[0],
                items=items,
            ),
        )
    return tuple(_section(each, language) for each in top)


def _section(place: Field, language: str) -> Section:
    label, spoken_in = _words(place.labels, language)
    # A repeat, or a question that stands alone, is a section with itself in it; a group is opened.
    inside = place.children if place.is_group and not place.is_repeat else [place]
    return Section(
        path=place.path,
        name=place.name,
        label=label or place.name,
        language=spoken_in,
        items=tuple(
            _item(each, language, section=place.path) for each in inside if _is_shown(each)
        ),
    )


def _is_shown(place: Field) -> bool:
    if place.is_group:
        return any(_is_shown(each) for each in place.children)
    return place.is_asked


def _item(place: Field, language: str, *, section: str) -> Item:
    label, spoken_in = _words(place.labels, language)
    served = own_columns.serves(place.extras)
    choices = place.choices
    return Item(
        path=place.path,
        name=place.name,
        kind=place.kind,
        label=label or ("" if place.is_group else place.name),
        hint=_words(place.hints, language)[0],
        language=spoken_in,
        section=section,
        repeat=place.repeat_path,
        depth=_depth(place),
        is_question=place.is_asked and place.kind not in UNASKED and not place.is_readonly,
        is_required=bool(place.rules.get("required")),
        options=tuple(
            Option(value=each.value, label=_words(each.labels, language)[0] or each.value)
            for each in (choices.items if choices else ())
        ),
        is_filtered=bool(choices and choices.is_filtered),
        bounds=place.bounds,
        appearance=place.appearance,
        rules=dict(place.rules),
        constraint_message=_words(place.constraint_messages, language)[0],
        provisions=tuple(
            Provision(instrument=each.instrument, article=each.article, paragraph=each.paragraph)
            for each in served.provisions
        ),
        obligation=served.obligation,
        themes=tuple(served.themes),
        concept=served.concept,
        items=tuple(
            _item(each, language, section=section) for each in place.children if _is_shown(each)
        ),
    )


def _depth(place: Field) -> int:
    depth, at = 0, place
    while True:
        depth += at.is_repeat
        if at.parent is None:
            return depth
        at = at.parent


def _words(words: Mapping[str, str], language: str) -> tuple[str, str]:
    """Words without mark-up, and the language they are in."""
    short = language.partition("-")[0]
    spoken_in = short if words.get(short) else next((c for c, text in words.items() if text), short)
    return plain_but_for_values(words.get(spoken_in, "")), spoken_in


def plain_but_for_values(text: str) -> str:
    """Words without mark-up; `${name}` stays, to be filled in with what the form computes.

    >>> plain_but_for_values("**Open**: ${count} of 41")
    'Open: ${count} of 41'
    """
    return "".join(_plain_within(part) for part in _VALUE.split(text)).strip()


def _plain_within(part: str) -> str:
    """A piece without mark-up, the blanks around it kept."""
    if part.startswith("${"):
        return part
    lead = " " if part[:1].isspace() else ""
    trail = " " if part[-1:].isspace() and part.strip() else ""
    return f"{lead}{plain(part)}{trail}"
