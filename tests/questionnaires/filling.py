"""A form of every kind of question in three languages, and somebody who asks with it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pyxform.xls2xform import convert

from marsad.directory.types import Reader
from marsad.questionnaires import receiving
from marsad.questionnaires.models import Asking, Question, Questionnaire, QuestionnaireVersion
from marsad.questionnaires.types import Taken
from marsad.questionnaires.words import State

AT = datetime(2025, 5, 3, 9, 0, tzinfo=UTC)
_NAMES = {"ar": "العربية (ar)", "en": "English (en)", "fr": "Français (fr)"}


def said(ar: str, en: str, fr: str, *, column: str = "label") -> dict[str, str]:
    """A column of a form in its three languages."""
    return {f"{column}::{_NAMES[tag]}": text for tag, text in (("ar", ar), ("en", en), ("fr", fr))}


SURVEY: Sequence[Mapping[str, Any]] = [
    {"type": "begin_group", "name": "body", **said("بيانات الجهة", "The body", "L’organisme")},
    {
        "type": "text",
        "name": "title",
        "required": "yes",
        **said("اسم الجهة **كاملاً**", "Name of the body, **in full**", "Nom **complet**"),
        **said("كما ورد في القانون", "As the law has it", "Comme dans la loi", column="hint"),
    },
    {
        "type": "text",
        "name": "about",
        "appearance": "multiline",
        **said("ما عملها؟", "What does it do?", "Que fait-il ?"),
    },
    {
        "type": "integer",
        "name": "staff",
        "constraint": ". >= 0 and . < 10000",
        **said("كم موظفاً فيها؟", "How many people work there?", "Combien d’agents ?"),
        **said(
            "اكتب عدداً من 0 إلى 9999.",
            "Write a number from 0 to 9,999.",
            "Écrivez un nombre de 0 à 9 999.",
            column="constraint_message",
        ),
    },
    {"type": "decimal", "name": "budget", **said("الميزانية", "Budget", "Budget")},
    {
        "type": "range",
        "name": "share",
        "parameters": "start=0 end=100 step=5",
        **said("أي نسبة تدرّبت؟", "What share was trained?", "Quelle part est formée ?"),
    },
    {
        "type": "select_one yes_no",
        "name": "law",
        "required": "yes",
        **said("هل صدر قانون؟", "Is there a law?", "Y a-t-il une loi ?"),
    },
    {
        "type": "date",
        "name": "since",
        "relevant": "${law} = 'yes'",
        **said("متى صدر؟", "When was it passed?", "Quand a-t-elle été adoptée ?"),
    },
    {
        "type": "select_multiple forms",
        "name": "forms",
        **said("أي أشكال يشملها؟", "Which forms does it cover?", "Quelles formes couvre-t-elle ?"),
    },
    {
        "type": "rank forms",
        "name": "order",
        **said("رتّبها حسب الأهمية", "Put them in order", "Classez-les"),
    },
    {
        "type": "select_one states",
        "name": "state",
        "appearance": "autocomplete",
        **said("الدولة", "State", "État"),
    },
    {
        "type": "select_one towns",
        "name": "town",
        "appearance": "minimal",
        "choice_filter": "state = ${state}",
        **said("المدينة", "Town", "Ville"),
    },
    {
        "type": "select_one agree",
        "name": "enough",
        "appearance": "likert",
        **said("هل تكفي الموارد؟", "Are the means enough?", "Les moyens suffisent-ils ?"),
    },
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "cases", **said("الحالات", "Cases", "Affaires")},
    {"type": "text", "name": "ref", **said("المرجع", "Reference", "Référence")},
    {
        "type": "select_one yes_no",
        "name": "closed",
        **said("هل أُغلقت؟", "Is it closed?", "Est-elle close ?"),
    },
    {"type": "file", "name": "paper", **said("وثيقة", "Document", "Document")},
    {"type": "end_repeat"},
    {"type": "begin_group", "name": "rest", **said("أمور أخرى", "Other matters", "Autres points")},
    {"type": "image", "name": "picture", **said("صورة", "Picture", "Image")},
    {
        "type": "image",
        "name": "signature",
        "appearance": "signature",
        **said("التوقيع", "Signature", "Signature"),
    },
    {"type": "time", "name": "hour", **said("الساعة", "Time of day", "Heure")},
    {
        "type": "datetime",
        "name": "moment",
        **said("التاريخ والساعة", "Date and time", "Date et heure"),
    },
    {"type": "geopoint", "name": "place", **said("الموقع", "Place", "Lieu")},
    {"type": "geotrace", "name": "road", **said("الطريق", "Road", "Chemin")},
    {"type": "barcode", "name": "code", **said("الرمز", "Code", "Code")},
    {"type": "acknowledge", "name": "sure", **said("الإقرار", "Confirmation", "Confirmation")},
    {"type": "calculate", "name": "double", "calculation": "coalesce(${staff}, 0) * 2"},
    {
        "type": "note",
        "name": "sum",
        **said("ضعف العدد: ${double}", "Twice as many: ${double}", "Le double : ${double}"),
    },
    {"type": "end_group"},
    {"type": "start", "name": "start"},
]
_CHOICES = {
    "yes_no": {"yes": ("نعم", "Yes", "Oui"), "no": ("لا", "No", "Non")},
    "agree": {
        "none": ("لا أبداً", "Not at all", "Pas du tout"),
        "some": ("إلى حد ما", "Somewhat", "En partie"),
        "full": ("تماماً", "Fully", "Tout à fait"),
    },
    "forms": {
        "sexual": ("الاستغلال الجنسي", "Sexual exploitation", "Exploitation sexuelle"),
        "labour": ("العمل القسري", "Forced labour", "Travail forcé"),
        "other": ("غير ذلك", "Other", "Autre"),
    },
    "states": {"eg": ("مصر", "Egypt", "Égypte"), "jo": ("الأردن", "Jordan", "Jordanie")},
    "towns": {"cairo": ("القاهرة", "Cairo", "Le Caire"), "amman": ("عمّان", "Amman", "Amman")},
}
_STATE_OF = {"cairo": "eg", "amman": "jo"}
CHOICES: Sequence[Mapping[str, Any]] = [
    {
        "list_name": name,
        "name": value,
        **said(*labels),
        **({"state": _STATE_OF[value]} if value in _STATE_OF else {}),
    }
    for name, choices in _CHOICES.items()
    for value, labels in choices.items()
]


def compiled(
    survey: Sequence[Mapping[str, Any]] = SURVEY,
    choices: Sequence[Mapping[str, Any]] = CHOICES,
    **settings: str,
) -> bytes:
    """An XForm, as pyxform makes it."""
    made = convert(
        {
            "survey": list(survey),
            "choices": list(choices),
            "settings": [
                {
                    "form_title": "Every kind",
                    "form_id": "every_kind",
                    "version": "1",
                    "default_language": _NAMES["ar"],
                    **settings,
                }
            ],
        }
    )
    return made.xform.encode("utf-8")


def version_of(
    xform: bytes,
    *,
    form_id: str = "every_kind",
    concepts: Mapping[str, tuple[str, str]] | None = None,
    media: Mapping[str, bytes] | None = None,
) -> QuestionnaireVersion:
    """A published version with this form.

    :param media: the files that go with it, by name.
    :param concepts: kind and concept of questions, by path.
    """
    questionnaire = Questionnaire.objects.create(
        key=secrets.token_hex(4),
        form_id=form_id,
        titles={"ar": "استبيان شامل", "en": "Every kind of question"},
        made_at=AT,
    )
    version = QuestionnaireVersion.objects.create(
        key=secrets.token_hex(4),
        questionnaire=questionnaire,
        version="1",
        number=1,
        file_name="every_kind.xlsx",
        workbook=b"",
        workbook_sha256=hashlib.sha256(xform).hexdigest(),
        xform=xform,
        xform_md5=hashlib.md5(xform, usedforsecurity=False).hexdigest(),
        titles=questionnaire.titles,
        languages=["ar", "en", "fr"],
        uploaded_at=AT,
    )
    for number, (path, (kind, concept)) in enumerate((concepts or {}).items()):
        Question.objects.create(
            version=version,
            ordinal=number,
            path=path,
            name=path.rpartition("/")[2],
            kind=kind,
            concept=concept,
            terms="",
        )
    for name, data in (media or {}).items():
        version.media.create(name=name, media_type="text/csv", data=data, size=len(data), md5="")
    version.state, version.published_at = State.PUBLISHED, AT
    version.save()
    return version


def asked(version: QuestionnaireVersion) -> str:
    """The key of an asking with this version, of kind `test`."""
    asking = Asking.objects.create(
        key=secrets.token_hex(4),
        version=version,
        kind="test",
        subject_id=secrets.token_hex(4),
        titles=version.titles,
        opened_at=AT,
    )
    return asking.key


class Everybody:
    """Asks everybody, and remembers what came."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.asks = True

    def may_answer(self, *, reader: Reader, subject_id: str, at: datetime) -> bool:
        return self.asks

    def subjects_read_by(self, *, reader: Reader) -> Sequence[str]:
        return []

    def subjects_for(self, *, reader: Reader, at: datetime) -> Sequence[str]:
        return list(Asking.objects.filter(kind="test").values_list("subject_id", flat=True))

    def take(self, *, taken: Taken, at: datetime) -> None:
        self.taken.append(taken)


class Receiving:
    """Receivers of the tests for as long as the block lasts."""

    def __init__(self, receiver: Everybody) -> None:
        self.receiver = receiver

    def __enter__(self) -> Everybody:
        self.before = dict(receiving.all_receivers())
        receiving.receive_with({**self.before, "test": self.receiver})
        return self.receiver

    def __exit__(self, *_: object) -> None:
        receiving.receive_with(self.before)
