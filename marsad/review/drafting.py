"""The first draft of a report: laid out as reports of the Conference are, in Arabic and English.

Introduction with mandate and method, the States that replied, findings theme by theme, conclusions,
recommendations, an annex of all figures. Every number is a place for a live figure; what only
people can judge is left to them, as findings that they wrote or as a sentence that claims nothing.
Pure: what the round is comes as `Ground`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marsad.design.formatting import Digits, Formatter
from marsad.review import prose
from marsad.review.counting import UNKNOWN
from marsad.review.types.figure import Query
from marsad.review.words import BlockKind, FindingKind

#: Reports are drafted in these; both stand side by side in every block.
LANGUAGES = ("ar", "en")
#: Questions of a section that are written out, those with one answer; the analyst adds others.
MOST_QUESTIONS = 6
_FORMATTERS = {
    "ar": Formatter(language="ar", digits=Digits.ARABIC_INDIC),
    "en": Formatter(language="en", digits=Digits.LATIN),
}
#: «ألف: », "A. " before the words of a heading: the report numbers its headings itself.
_OWN_LETTER = re.compile(
    r"^(?:[A-Z]|[IVX]{1,5}|\d{1,2}|ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء|كاف|لام|ميم|أولاً|ثانياً|ثالثاً|"
    r"رابعاً|خامساً)\s*[-–—:.)]\s+"
)

Words = Mapping[str, str]


# ── what the round is ────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with choices."""

    path: str
    labels: Words
    #: Whether one answer is chosen, and not several.
    takes_one: bool = True
    #: Value and words of each choice, in order.
    choices: Sequence[tuple[str, Words]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A finding that the analysts wrote."""

    kind: str
    words: Words
    #: Queries as data, by name.
    figures: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A theme of the round: its findings, and the questions asked about it."""

    labels: Words
    findings: Sequence[Found] = ()
    questions: Sequence[Asked] = ()
    #: Key of an answer that may be quoted; empty where there is none.
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A note verbale: first day it bears, and the deadline it set."""

    dated_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Ground:
    """All that the first draft is built from."""

    mandate: Words
    questionnaire: Words
    due_on: date | None
    notes: Sequence[Sent]
    subjects: Sequence[Subject]
    #: Findings under no theme.
    findings: Sequence[Found] = ()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A block to be."""

    kind: BlockKind
    words: Words = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)


# ── the draft ────────────────────────────────────────────────────────────────────────────────────
def draft(ground: Ground) -> list[Draft]:
    """Every block of the first draft, in order."""
    return [
        *_introduction(ground),
        *_findings(ground),
        *_conclusions(ground),
        *_recommendations(ground),
        Draft(kind=BlockKind.ANNEX, words={"ar": "جدول الأرقام", "en": "Table of figures"}),
    ]


def _chapter(ar: str, en: str) -> Draft:
    return Draft(kind=BlockKind.CHAPTER, words={"ar": ar, "en": en})


def _section(ar: str, en: str) -> Draft:
    return Draft(kind=BlockKind.SECTION, words={"ar": ar, "en": en})


def _day(day: date) -> dict[str, str]:
    return {language: _FORMATTERS[language].date(day) for language in LANGUAGES}


def _introduction(ground: Ground) -> Iterator[Draft]:
    yield _chapter("مقدمة", "Introduction")
    yield _section("الولاية", "Mandate")
    yield Draft(kind=BlockKind.PARAGRAPH, words=_mandate(ground))
    yield _section("المنهجية", "Method")
    yield _how_states_were_asked(ground)
    yield _how_they_replied()
    yield Draft(kind=BlockKind.PARAGRAPH, words=_how_figures_are_to_be_read())
    yield _section("الدول المجيبة", "States that replied")
    yield Draft(
        kind=BlockKind.STATES,
        words={
            "ar": "وردت ردود من الدول التالية:",
            "en": "Replies were received from the following States:",
        },
    )


def _mandate(ground: Ground) -> Words:
    ar, en = ground.mandate.get("ar", ""), ground.mandate.get("en", "")
    return {
        "ar": (f"أُعدَّ هذا التقرير استناداً إلى {ar}. " if ar else "")
        + "وهو يعرض ما أفادت به الدول في ردودها على الاستبيان الذي عُمِّم عليها، ويخلص منه إلى "
        "استنتاجات وتوصيات.",
        "en": (
            f"The present report was prepared pursuant to {en}. It" if en else "The present report"
        )
        + " sets out what States reported in their replies to the questionnaire that was sent to "
        "them, and draws conclusions and recommendations from it.",
    }


def _how_states_were_asked(ground: Ground) -> Draft:
    ar = "دعت الأمانة {replied.of_states} إلى الرد على الاستبيان"
    en = "The Secretariat invited {replied.of_states} to reply to the questionnaire"
    form = ground.questionnaire
    ar += f" المعنون «{form['ar']}»" if form.get("ar") else ""
    en += f" entitled “{form['en']}”" if form.get("en") else ""
    if ground.notes:
        first = ground.notes[0]
        sent, due = _day(first.dated_on), _day(first.due_on)
        ar += f"، وذلك بمذكرة شفوية مؤرخة {sent['ar']} حُدِّد فيها {due['ar']} موعداً نهائياً للرد"
        en += f" by a note verbale dated {sent['en']}, which asked for replies by {due['en']}"
    elif ground.due_on:
        due = _day(ground.due_on)
        ar += f"، في موعد نهايته {due['ar']}"
        en += f" by {due['en']}"
    ar, en = ar + ".", en + "."
    for again in ground.notes[1:]:
        sent, due = _day(again.dated_on), _day(again.due_on)
        ar += (
            f" ثم وُجِّهت إلى الدول التي لم تكن قد ردت مذكرة شفوية أخرى مؤرخة {sent['ar']} مُدِّد فيها "
            f"الموعد إلى {due['ar']}."
        )
        en += (
            f" A further note verbale, dated {sent['en']}, went to the States that had not yet "
            f"replied and set a new deadline of {due['en']}."
        )
    return Draft(
        kind=BlockKind.PARAGRAPH,
        words={"ar": ar, "en": en},
        figures={"replied": Query(among="invited").as_data()},
    )


def _how_they_replied() -> Draft:
    ar = (
        "وحتى {as_at}، كان قد رد على الاستبيان {replied.words}. ورد بعد الموعد المحدد وأُخذ "
        "رده في الحسبان: {late.states}. واعتذر عن الرد: {declined.states}."
    )
    en = (
        "By {as_at}, {replied.words} had replied. Replied after the deadline, and taken "
        "into account: {late.states}. Declined to reply: {declined.states}."
    )
    return Draft(
        kind=BlockKind.PARAGRAPH,
        words={"ar": ar, "en": en},
        figures={
            "replied": Query(among="invited").as_data(),
            "late": Query(among="invited", standings=("late",)).as_data(),
            "declined": Query(among="invited", standings=("declined",)).as_data(),
        },
    )


def _how_figures_are_to_be_read() -> Words:
    return {
        "ar": "كل رقم في هذا التقرير هو عدد الدول التي أجابت بما ذُكر، مقروناً بعدد الدول التي "
        "حُسب منها. والدول التي لا تُعرف إجابتها تبقى في المجموع بوصفها غير معلومة. "
        "ولا يُنقل جواب قصرته الدولة على الأمانة. ولا يقارن التقرير بين الدول ولا يرتبها.",
        "en": "Each figure in the present report is the number of States that answered as stated, "
        "given with the number of States that it is taken of. States whose answer is not known "
        "remain in the total as not known. No answer that a State gave to the Secretariat only is "
        "reproduced. The report neither compares States nor ranks them.",
    }


def _findings(ground: Ground) -> Iterator[Draft]:
    yield _chapter("النتائج", "Findings")
    for found in ground.findings:
        if found.kind in (FindingKind.FIGURE, FindingKind.STATEMENT):
            yield _of_finding(found, BlockKind.PARAGRAPH)
    for subject in ground.subjects:
        yield _section(*(without_letter(subject.labels.get(each, "")) for each in LANGUAGES))
        yield from _of_subject(subject)


def _of_subject(subject: Subject) -> Iterator[Draft]:
    said = [
        _of_finding(found, BlockKind.PARAGRAPH)
        for found in subject.findings
        if found.kind in (FindingKind.FIGURE, FindingKind.STATEMENT)
    ]
    yield from said
    told = {query.get("path") for found in subject.findings for query in found.figures.values()}
    questions = [each for each in subject.questions if each.takes_one and each.path not in told]
    for asked in questions[:MOST_QUESTIONS]:
        yield of_question(asked)
    if subject.questions:
        yield chart_of(subject.questions[0])
    if subject.quote:
        yield Draft(kind=BlockKind.EXTRACT, about={"answer": subject.quote})
    if not said and not questions and not subject.quote:
        yield Draft(
            kind=BlockKind.PARAGRAPH,
            words={
                "ar": "لم تُسجَّل بعد أي نتائج في هذا الباب.",
                "en": "No findings have been recorded under this heading yet.",
            },
        )


def _of_finding(found: Found, kind: BlockKind) -> Draft:
    return Draft(kind=kind, words=dict(found.words), figures=dict(found.figures))


def of_question(asked: Asked) -> Draft:
    """A paragraph that tells the answers to a question, every count a live figure."""
    figures: dict[str, Mapping[str, Any]] = {}
    parts: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for value, labels in asked.choices:
        if value in UNKNOWN:
            continue
        name = name_for(value, taken=figures)
        part = "states" if figures else "words"
        figures[name] = Query(path=asked.path, values=(value,), among="asked").as_data()
        parts["ar"].append(f"«{_said(labels, 'ar')}»: {{{name}.{part}}}")
        parts["en"].append(f"“{_said(labels, 'en')}”, {{{name}.{part}}}")
    first = next(iter(figures), "")
    ar, en = _bare(_said(asked.labels, "ar")), _bare(_said(asked.labels, "en"))
    ending = {
        "ar": f"؛ غير معلوم: {{{first}.not_known_states}}." if first else ".",
        "en": f"; not known, {{{first}.not_known_states}}." if first else ".",
    }
    return Draft(
        kind=BlockKind.FIGURE,
        words={
            "ar": f"جاءت الإجابات عن السؤال «{ar}» كما يلي: "
            + "؛ ".join(parts["ar"])
            + ending["ar"],
            "en": f"The answers to the question “{en}” were as follows: "
            + "; ".join(parts["en"])
            + ending["en"],
        },
        figures=figures,
        about={"path": asked.path},
    )


def chart_of(asked: Asked) -> Draft:
    """A chart of the answers to a question."""
    return Draft(
        kind=BlockKind.CHART,
        words={language: _bare(_said(asked.labels, language)) for language in LANGUAGES},
        about={"path": asked.path, "among": "asked"},
    )


def _conclusions(ground: Ground) -> Iterator[Draft]:
    yield _chapter("الاستنتاجات", "Conclusions")
    written = [*ground.findings, *(each for one in ground.subjects for each in one.findings)]
    found = [each for each in written if each.kind == FindingKind.CONCLUSION]
    for each in found:
        yield _of_finding(each, BlockKind.CONCLUSION)
    yield Draft(
        kind=BlockKind.CONCLUSION,
        words={
            "ar": "تستند هذه الاستنتاجات إلى ما أفادت به {replied.words}، ولا يمكن تعميمها على "
            "الدول التي لم ترد. ويمكن لأي دولة أن ترد أو أن تحدِّث إجاباتها في أي وقت.",
            "en": "These conclusions rest on what {replied.words} reported, and cannot be extended "
            "to the States that did not reply. Any State may reply, or update its answers, at any "
            "time between rounds.",
        },
        figures={"replied": Query(among="invited").as_data()},
    )


def _recommendations(ground: Ground) -> Iterator[Draft]:
    yield _chapter("التوصيات", "Recommendations")
    written = [*ground.findings, *(each for one in ground.subjects for each in one.findings)]
    found = [each for each in written if each.kind == FindingKind.RECOMMENDATION]
    for each in found:
        yield _of_finding(each, BlockKind.RECOMMENDATION)
    if found:
        return
    yield Draft(
        kind=BlockKind.RECOMMENDATION,
        words={
            "ar": "ينبغي للدول الأطراف التي لم ترد بعد على الاستبيان أن تنظر في الرد عليه.",
            "en": "States parties that have not yet replied to the questionnaire should consider "
            "replying to it.",
        },
        about={"addressees": ["states_parties"], "strength": "should_consider"},
    )
    yield Draft(
        kind=BlockKind.RECOMMENDATION,
        words={
            "ar": "ينبغي للدول الأطراف أن ترفق بما تبلّغ عنه من تدابير ما لديها من أدلة على أثرها.",
            "en": "States parties should accompany the measures that they report with whatever "
            "evidence they have of their effect.",
        },
        about={"addressees": ["states_parties"], "strength": "should"},
    )
    yield Draft(
        kind=BlockKind.RECOMMENDATION,
        words={
            "ar": "ينبغي للأمانة أن تواصل تقديم المساعدة التقنية إلى الدول الأطراف التي تطلبها، "
            "في ضوء الاحتياجات التي أبلغت عنها.",
            "en": "The Secretariat should continue to provide technical assistance to States "
            "parties that request it, in the light of the needs that they reported.",
        },
        about={"addressees": ["secretariat"], "strength": "should"},
    )


# ── small things ─────────────────────────────────────────────────────────────────────────────────
def without_letter(heading: str) -> str:
    """A heading without the letter that the form gave it.

    >>> without_letter("A: Law"), without_letter("ألف: القانون"), without_letter("At sea")
    ('Law', 'القانون', 'At sea')
    """
    return _OWN_LETTER.sub("", heading.strip(), count=1)


def name_for(value: str, *, taken: Mapping[str, Any]) -> str:
    """A name for a figure from the value it counts.

    >>> name_for("In-Part", taken={}), name_for("1", taken={}), name_for("yes", taken={"yes": 1})
    ('in_part', 'v1', 'yes_2')
    """
    stem = re.sub(r"[^a-z0-9_]+", "_", value.lower()).strip("_")[:40]
    stem = stem if stem[:1].isalpha() else f"v{stem}"
    name, place = stem, 1
    while name in taken or not prose.PLACE.fullmatch(f"{{{name}}}"):
        place += 1
        name = f"{stem}_{place}"
    return name


def _said(words: Words, language: str) -> str:
    return words.get(language) or next((said for said in words.values() if said), "")


def _bare(label: str) -> str:
    """A question as it stands inside a sentence: a brace would be taken for a place."""
    return re.sub(r"[{}]", "", label).strip()


__all__ = [
    "LANGUAGES",
    "Asked",
    "Draft",
    "Found",
    "Ground",
    "Sent",
    "Subject",
    "chart_of",
    "draft",
    "name_for",
    "of_question",
    "without_letter",
]
