"""The form that the surveys of these stories ask with."""

from __future__ import annotations

import io

from django.utils import timezone
from openpyxl import Workbook

from marsad.directory.types import OPERATOR
from marsad.questionnaires.actions import questionnaire as questionnaires
from marsad.questionnaires.models import QuestionnaireVersion

_LABELS = ("label::العربية (ar)", "label::English (en)")
_SHEETS = {
    "survey": [
        ("type", "name", *_LABELS),
        ("text", "place", "المكان", "Place"),
        ("integer", "staff", "كم موظفاً؟", "How many?"),
        ("select_one yes_no", "law", "هل صدر قانون؟", "Is there a law?"),
    ],
    "choices": [
        ("list_name", "name", *_LABELS),
        ("yes_no", "yes", "نعم", "Yes"),
        ("yes_no", "no", "لا", "No"),
    ],
    "settings": [
        ("form_title", "form_id", "version", "default_language"),
        ("التدريب اللازم", "training_needs", "1", "العربية (ar)"),
    ],
}


def needs_form() -> QuestionnaireVersion:
    """A published questionnaire of three questions, uploaded as authors do."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    version = questionnaires.upload(
        data=out.getvalue(), file_name="needs.xlsx", by=OPERATOR, at=timezone.now()
    )
    questionnaires.publish(key=version.key, by=OPERATOR, at=timezone.now())
    version.refresh_from_db()
    return version
