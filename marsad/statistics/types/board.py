"""Who brought which figures, and how far they have come, as it leaves the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionStanding(models.TextChoices):
    """Whether the figures of an edition count."""

    IN_FORCE = "in_force", _("In force")
    WAITING = "waiting", _("Waits for its State")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True, kw_only=True)
class EditionCard:
    """An edition of figures, in the reader's language."""

    key: str
    number: int
    source_code: str
    source_name: str
    standing: EditionStanding
    rows: int
    file_name: str
    made_at: datetime
    #: Who brought it in, and who verified it; empty for the operator of the machine, or nobody.
    made_by: str
    published_at: datetime | None
    verified_by: str
    withdrawn_at: datetime | None
    #: Number of the earlier edition whose figures these are again; none for most.
    restores: int | None
    #: Questions to States about it, without those that are good to know only.
    asked: int
    open_questions: int
    #: What the reader may do with it now.
    may_verify: bool = False
    may_restore: bool = False
    may_withdraw: bool = False
    #: Whether the reader may have the file as it came.
    may_have_file: bool = False

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {"in_force": "good", "waiting": "warning", "withdrawn": "bad"}.get(
            self.standing, "neutral"
        )


@dataclass(frozen=True, kw_only=True)
class ArrivalCard:
    """A file of figures and how far it has come."""

    key: str
    source_code: str
    source_name: str
    file_name: str
    stage: str
    stage_label: str
    #: 0 to 100 over all of the work.
    progress: int
    is_over: bool
    at: datetime
    by: str
    #: Rows that were understood, those of them that are doubted, and those that were refused.
    rows: int
    doubted: int
    refused: int
    #: What ended its reading, in the reader's language; empty unless it failed.
    problem: str
    problem_code: str
    #: Whether it waits for somebody to take it or put it aside.
    is_undecided: bool
    dropped_at: datetime | None
    #: The edition that was made of it; empty where none was.
    edition_key: str
    edition_number: int


@dataclass(frozen=True, kw_only=True)
class SourceCard:
    """A source and where its figures stand."""

    code: str
    name: str
    is_of_state: bool
    is_invented: bool
    #: The newest edition; none before the first.
    newest: EditionCard | None
    #: Number of the edition whose figures count; none where none does.
    in_force: EditionCard | None
    #: The newest file that waits for somebody; none where none does.
    waiting: ArrivalCard | None


@dataclass(frozen=True, kw_only=True)
class Board:
    """What came from where, and what waits for whom."""

    is_secretariat: bool
    may_bring: bool
    sources: Sequence[SourceCard]
    #: Files that came in lately, newest first.
    arrivals: Sequence[ArrivalCard]
    open_questions: int


@dataclass(frozen=True, kw_only=True)
class RemarkCount:
    """How often one thing was remarked about a file."""

    code: str
    level: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RemarkLine:
    """One thing remarked about one row."""

    level: str
    level_label: str
    sheet: str
    row: int
    column: str
    header: str
    value: str
    sentence: str
    code: str


@dataclass(frozen=True, kw_only=True)
class RowLine:
    """One row as it was understood."""

    sheet: str
    row: int
    place: str
    indicator: str
    #: Dimension, category, sex, age, as far as they say anything, in the reader's language.
    about: str
    year: int
    printed: str
    low: int | None
    high: int | None
    is_doubted: bool


@dataclass(frozen=True, kw_only=True)
class ColumnLine:
    """One column of a file, and what it is taken for."""

    index: int
    letter: str
    header: str
    field: str
    samples: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class LeftOutLine:
    """Figures of one indicator that a file says nothing of."""

    indicator: str
    first: int
    last: int
    figures: int


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What a file says nothing of that its source told last."""

    #: Number of the edition that holds it.
    against: int
    figures: int
    lines: Sequence[LeftOutLine]


@dataclass(frozen=True, kw_only=True)
class ArrivalView:
    """A file that is looked through before it counts."""

    card: ArrivalCard
    counts: Sequence[RemarkCount]
    columns: Sequence[ColumnLine]
    mapping: Mapping[str, object]
    left_aside: Sequence[str]
    #: What its State, or States, would be asked: how many questions, and the first of them.
    doubts: int
    first_doubts: Sequence[str]
    may_be_taken: bool
    #: In which encoding its letters can be read, where they could not be; "" else.
    encoding: str
    #: What it would take away; none where it says all that was told last, or cannot be taken.
    left_out: LeftOut | None


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One figure that differs between two editions."""

    what: str
    what_label: str
    place: str
    indicator: str
    about: str
    year: int
    before: tuple[int | None, int | None]
    after: tuple[int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class Redefined:
    """A definition that is another than in the edition before."""

    place: str
    indicator: str
    what: str
    before: str
    after: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """Figures of collections that an edition of a State takes the place of once it is verified."""

    indicator: str
    dimension: str
    year: int
    #: How many of the collections are left out.
    figures: int
    #: Whether the edition says anything of the dimension in that year itself.
    is_given: bool


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an edition changed against another."""

    #: Number of the other edition.
    against: int
    added: int
    changed: int
    gone: int
    redefined: Sequence[Redefined]


@dataclass(frozen=True, kw_only=True)
class QuestionCard:
    """A question to a State about its figures."""

    key: str
    sentence: str
    severity: str
    severity_label: str
    state: str
    state_name: str
    indicator: str
    year: int
    edition_key: str
    edition_number: int
    #: Who brought a collection in is not for everybody: a State answers, and does not open it.
    may_open_edition: bool
    source_name: str
    asked_at: datetime
    answer_kind: str
    answer_label: str
    answer: str
    answered_at: datetime | None
    answered_by: str
    #: Number of the edition whose question was answered so before; none where it was not.
    carried_from: int | None
    may_answer: bool
