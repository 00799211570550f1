"""The names other rooms may use: frozen values that leave the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marsad.questionnaires.words import Access, Obligation, State


@dataclass(frozen=True, kw_only=True)
class Provision:
    """A treaty provision that a question serves."""

    #: Code of the instrument, e.g. `TIP` or `UNTOC`.
    instrument: str
    #: Article as printed, e.g. `9`; empty for the instrument as a whole.
    article: str = ""
    #: Paragraph as printed, e.g. `1 (b)`; empty for the whole article.
    paragraph: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionnaireCard:
    """A questionnaire as a list shows it, in the reader's language."""

    #: Public, random, stable: what addresses use.
    key: str
    #: What phones and spreadsheets know it by.
    form_id: str
    title: str
    #: The language that the title is in.
    language: str
    #: Codes of the languages one can fill it in, the default first.
    languages: Sequence[str]
    question_count: int
    #: State of its newest version that is published, else of its newest.
    state: State
    state_label: str
    #: The version that is filled in now; empty where none is published.
    version: str
    version_key: str
    published_at: datetime | None
    #: Key of a draft that waits to be published, for those who may see it; empty where none does.
    draft_key: str
    #: Whose it is; empty for those that come with Marsad.
    body: str
    access: str
    is_shipped: bool


@dataclass(frozen=True, kw_only=True)
class VersionCard:
    """A version as a list shows it."""

    #: Public, random, stable: what addresses use.
    key: str
    #: What the form calls it.
    version: str
    #: 1, 2, 3 … in the order they came.
    number: int
    state: State
    state_label: str
    title: str
    #: The language that the title is in.
    language: str
    languages: Sequence[str]
    question_count: int
    file_name: str
    uploaded_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    questionnaire_key: str
    form_id: str


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that goes with a form."""

    name: str
    media_type: str
    #: MD5, lower-case hexadecimal, as OpenRosa wants it.
    md5: str
    size: int


@dataclass(frozen=True, kw_only=True)
class FormContent:
    """A version as those who serve, transform or check it need it."""

    #: Key of the version, and of its questionnaire.
    key: str
    questionnaire_key: str
    #: Database id of the version: what submissions and drafts point to.
    version_id: int
    form_id: str
    version: str
    state: State
    #: Title by language code; `languages` has the default first.
    titles: Mapping[str, str]
    languages: Sequence[str]
    #: The XForm, byte for byte as it is served, and its MD5.
    xform: bytes
    md5: str
    media: Sequence[Media]
    is_shipped: bool


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """One question of a version, in the reader's language."""

    path: str
    name: str
    kind: str
    kind_label: str
    #: In `language`, the reader's where the form has it, else the form's default.
    label: str
    hint: str
    language: str
    is_required: bool
    #: Path of the repeat it stands in; empty where it is asked once.
    repeat: str
    choices: Sequence[tuple[str, str]]
    provisions: Sequence[Provision]
    obligation: str
    themes: Sequence[str]
    concept: str


@dataclass(frozen=True, kw_only=True)
class BankHit:
    """A question of a published questionnaire that the bank found."""

    question: QuestionView
    questionnaire_key: str
    questionnaire_title: str
    form_id: str
    version: str
    #: How many questions of other published questionnaires have the same concept.
    elsewhere: int


@dataclass(frozen=True, kw_only=True)
class AskingView:
    """Something that a room asks a reader now."""

    key: str
    kind: str
    subject_id: str
    #: In the reader's language where the asking has it.
    title: str
    #: The form's id in this asking: what phones know it by and submissions name.
    form_id: str
    version: str
    version_id: int
    #: Codes, the default first.
    languages: Sequence[str]
    #: What it is for, in the words of whoever asks.
    purpose: str
    #: Whether whoever asks sees who answered.
    shows_names: bool
    opened_at: datetime
    #: The moment from which no answer is taken; none while it stays open.
    closes_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class FileSent:
    """A file that came with a filled form."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A filled form on its way into the room that asked."""

    submission_id: int
    key: str
    asking_key: str
    subject_id: str
    #: Who filled it in.
    by_id: int | None
    #: The submission that it corrects.
    corrects_id: int | None


@dataclass(frozen=True, kw_only=True)
class Received:
    """What came of a filled form that was sent."""

    key: str
    #: False where the same had come before.
    is_new: bool
    #: Names of files that it speaks of and that have not come.
    missing: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class SubmissionView:
    """A filled form as the room that asked reads it."""

    id: int
    key: str
    by_id: int | None
    received_at: datetime
    #: As `checking.Answer` has them: path, name, kind, value, values, position, file.
    answers: Sequence[Mapping[str, Any]]
    #: Name and size of each file.
    files: Sequence[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class DeviceView:
    """A phone of a person's."""

    key: str
    name: str
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DraftFileView:
    """A file that goes with a draft."""

    #: As the answer names it.
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A form on its way, as the page that it is filled in on needs it."""

    key: str
    #: The saving that a browser begins from.
    revision: int
    #: The instance; empty where nothing was typed yet.
    xml: str
    #: The language it was filled in in last; empty at first.
    language: str
    saved_at: datetime | None
    #: Whether it is a filled form that the browser must still turn into its correction.
    corrects_fresh: bool
    files: Sequence[DraftFileView]


@dataclass(frozen=True, kw_only=True)
class DraftCard:
    """A draft as the list of one's drafts shows it."""

    key: str
    asking_key: str
    #: In the reader's language where the asking has it.
    title: str
    saved_at: datetime | None
    #: Questions answered, of those that applied when it was saved.
    done: int
    total: int
    #: The moment from which it cannot be handed in any more.
    closes_at: datetime | None
    is_correction: bool


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An earlier answer to a question of the same concept, to be taken over if it still holds."""

    #: Path of the question that it is offered for.
    path: str
    #: As the form would write it.
    value: str
    #: In words, in the language that the form is filled in in.
    answer: str
    #: When it was given.
    answered_at: datetime
    #: What it was an answer to.
    questionnaire: str


@dataclass(frozen=True, kw_only=True)
class PreviewView:
    """A version as its authors try it out."""

    key: str
    questionnaire_key: str
    version: str
    #: In the reader's language where the form has it.
    title: str
    xform: bytes
    #: Names of the pictures, sounds and lists that go with it.
    media: Sequence[str]
    #: The files that its choices are looked up in, by name.
    lists: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class ReceiptView:
    """What a person sent, as they may keep it."""

    key: str
    asking_key: str
    title: str
    received_at: datetime
    answer_count: int
    files: Sequence[str]
    #: False once they corrected it.
    is_current: bool


__all__ = [
    "Access",
    "AskingView",
    "BankHit",
    "DeviceView",
    "DraftCard",
    "DraftFileView",
    "DraftView",
    "FileSent",
    "FormContent",
    "Media",
    "Obligation",
    "Offer",
    "PreviewView",
    "Provision",
    "QuestionView",
    "QuestionnaireCard",
    "ReceiptView",
    "Received",
    "State",
    "SubmissionView",
    "Taken",
    "VersionCard",
]
