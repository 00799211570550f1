"""A small round of invented States, laid down in rows: what the stories of this room begin from.

Stories about how rows come to be go through the actions; this is for those that begin later.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from openpyxl import Workbook

from marsad.directory.models import State
from marsad.directory.types import OPERATOR, Person, UnGroup
from marsad.questionnaires.actions import questionnaire as questionnaires
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review.models import Answer, Invitation, Reply, Round
from marsad.review.terms import terms_of
from marsad.review.words import How

#: The morning on which the stories happen; the first deadline is in two months.
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DUE, SECOND_DUE, CUT_OFF = date(2026, 5, 1), date(2026, 6, 15), date(2026, 7, 31)

#: Codes that ISO leaves to users: no real State is ever shown with an answer it did not give.
STATES = {
    "XA": ("أرقيا", "Arkia", UnGroup.AFRICA),
    "XB": ("بحرستان", "Bahrestan", UnGroup.ASIA_PACIFIC),
    "XC": ("كوريدا", "Corrida", UnGroup.LATIN_AMERICA_CARIBBEAN),
    "XD": ("دلماريا", "Delmaria", UnGroup.EASTERN_EUROPE),
}

_LABELS = ("label::العربية (ar)", "label::English (en)")
_OURS = ("bind::marsad:provision", "bind::marsad:themes", "bind::marsad:concept")
_COLUMNS = ("type", "name", *_LABELS, "relevant", "required", "constraint", *_OURS)
_IF_THERE_IS_A_LAW = "${law} = 'yes' or ${law} = 'in_part'"


def _row(kind: str, name: str = "", ar: str = "", en: str = "", **more: str) -> tuple[str, ...]:
    ours = (more.get("provision", ""), more.get("themes", ""), more.get("concept", ""))
    rules = (more.get(column, "") for column in ("relevant", "required", "constraint"))
    return (kind, name, ar, en, *rules, *ours)


def _on_the_law(kind: str, name: str, ar: str, en: str, **more: str) -> tuple[str, ...]:
    concept = name.replace("_", ".")
    return _row(
        kind, name, ar, en, provision="TIP 5(1)", themes="legislation", concept=concept, **more
    )


_SHEETS = {
    "survey": [
        _COLUMNS,
        _row("begin_group", "a", "ألف: القانون", "A: Law"),
        _on_the_law("select_one answer", "law", "هل صدر قانون؟", "Is there a law?", required="yes"),
        _on_the_law("text", "law_which", "ما القانون؟", "Which law?", relevant=_IF_THERE_IS_A_LAW),
        _on_the_law(
            "select_one effect",
            "law_effect",
            "ما أثره؟",
            "What effect has it had?",
            relevant=_IF_THERE_IS_A_LAW,
        ),
        _on_the_law("select_multiple help", "law_help", "أي مساعدة تلزم؟", "Which help is needed?"),
        _row("end_group"),
        _row("begin_group", "b", "باء: الضحايا", "B: Victims"),
        _row(
            "text",
            "shelter",
            "ما المآوي المتاحة؟",
            "Which shelters are there?",
            provision="TIP 6(3)",
            themes="assistance",
            concept="shelter",
        ),
        _row("begin_repeat", "figures", "أرقام", "Figures"),
        _row("integer", "year", "السنة", "Year", constraint=". >= 2000 and . <= 2030"),
        _row("integer", "victims", "كم ضحية؟", "How many victims?", constraint=". >= 0"),
        _row("end_repeat"),
        _row("end_group"),
    ],
    "choices": [
        ("list_name", "name", *_LABELS),
        ("answer", "yes", "نعم", "Yes"),
        ("answer", "in_part", "جزئيا", "In part"),
        ("answer", "no", "لا", "No"),
        ("answer", "not_considered", "لم يُنظر فيه بعد", "Not considered yet"),
        ("answer", "not_applicable", "لا ينطبق", "Not applicable"),
        ("answer", "unknown", "غير معلوم", "Unknown"),
        ("effect", "clear", "أثر واضح", "A clear effect"),
        ("effect", "none", "لا أثر", "No effect seen"),
        ("effect", "not_examined", "لم يُبحث الأثر", "Not looked into"),
        ("effect", "unknown", "غير معلوم", "Unknown"),
        ("help", "none", "لا حاجة", "None"),
        ("help", "drafting", "صياغة التشريعات", "Drafting of laws"),
        ("help", "training", "التدريب", "Training"),
    ],
    "settings": [
        ("form_title", "form_id", "version", "default_language"),
        ("القانون والضحايا", "law_and_victims", "1", "العربية (ar)"),
    ],
}

LAW, LAW_WHICH, LAW_EFFECT, LAW_HELP = (
    f"/data/a/{name}" for name in ("law", "law_which", "law_effect", "law_help")
)
SHELTER, YEAR, VICTIMS = "/data/b/shelter", "/data/b/figures/year", "/data/b/figures/victims"
SECTION_A, SECTION_B = "/data/a", "/data/b"


@lru_cache(maxsize=1)
def workbook() -> bytes:
    """The questionnaire of the stories: two sections, a follow-up, a repeat."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def form() -> QuestionnaireVersion:
    """That questionnaire, published."""
    version = questionnaires.upload(
        data=workbook(), file_name="law.xlsx", by=OPERATOR, at=timezone.now()
    )
    questionnaires.publish(key=version.key, by=OPERATOR, at=timezone.now())
    version.refresh_from_db()
    return version


def states() -> dict[str, State]:
    """The invented States."""
    return {
        iso2: State.objects.create(
            iso2=iso2,
            iso3=f"{iso2}X",
            kind="member",
            names={"ar": arabic, "en": english},
            un_group=group,
            is_invented=True,
        )
        for iso2, (arabic, english, group) in STATES.items()
    }


def open_round(version: QuestionnaireVersion, *, by: Person | None = None) -> Round:
    """An open round that asks with a questionnaire; nobody is invited yet."""
    return Round.objects.create(
        key=secrets.token_hex(8),
        titles={"ar": "جولة عن القانون", "en": "A round on the law"},
        mandate={"ar": "المقرر 4/4", "en": "Decision 4/4"},
        form_key=version.key,
        languages=["ar", "en"],
        due_on=DUE,
        second_due_on=SECOND_DUE,
        cut_off_on=CUT_OFF,
        made_at=MORNING,
        made_by=by,
        opened_at=MORNING,
        is_invented=True,
    )


def invite(round_: Round, iso2: str) -> Invitation:
    """A State on the register, its note sent."""
    return Invitation.objects.create(
        round=round_, state_id=iso2, invited_at=MORNING, sent_at=MORNING
    )


def reply_of(
    round_: Round,
    iso2: str,
    answers: Mapping[str, str] | None = None,
    *,
    sent_at: datetime | None = MORNING + timedelta(days=30),
    is_public: bool = True,
    confidential: tuple[str, ...] = (),
) -> Reply:
    """A State's reply with its answers by path; sent, unless `sent_at` is None."""
    invitation = Invitation.objects.filter(round=round_, state=iso2).first()
    invitation = invitation or invite(round_, iso2)
    reply = Reply.objects.create(
        key=secrets.token_hex(8),
        invitation=invitation,
        begun_at=MORNING,
        submitted_at=sent_at,
        is_public=is_public,
    )
    invitation.started_at = MORNING
    invitation.answered_at = sent_at
    invitation.save()
    for path, value in (answers or {}).items():
        write(reply, path, value, is_confidential=path in confidential)
    return reply


def write(
    reply: Reply,
    path: str,
    value: str,
    *,
    at: datetime = MORNING + timedelta(days=1),
    by: Person | None = None,
    position: tuple[int, ...] = (),
    is_confidential: bool = False,
    how: How = How.TYPED,
    reason: str = "",
) -> Answer:
    """An answer that takes the place of the one before."""
    before = reply.answers.filter(path=path, position=list(position), ended_at=None).first()
    if before is not None:
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    return Answer.objects.create(
        key=secrets.token_hex(8),
        reply=reply,
        path=path,
        position=list(position),
        revision=1 if before is None else before.revision + 1,
        value=value,
        terms=terms_of(value) if path in (LAW_WHICH, SHELTER) else None,
        is_confidential=is_confidential,
        how=how,
        reason=reason,
        at=at,
        by=by,
    )
