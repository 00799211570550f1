"""What the room holds before anybody uploads a form: the questionnaires that come with Marsad."""

from __future__ import annotations

from datetime import datetime

from marsad.directory.types import OPERATOR
from marsad.questionnaires import shipped
from marsad.questionnaires.actions import questionnaire
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.questionnaires.words import State


def load_shipped(*, at: datetime) -> int:
    """Publish each shipped questionnaire in the version that this Marsad brings.

    A version that was published before is left alone, also where somebody has withdrawn it.

    :return: how many were published now.
    """
    published = 0
    for name in shipped.names():
        settings = shipped.sheets(name).settings[0]
        kept = QuestionnaireVersion.objects.filter(
            questionnaire__form_id=settings["form_id"], version=settings["version"]
        )
        if kept.exclude(state=State.DRAFT).exists():
            continue
        version = questionnaire.upload(
            data=shipped.workbook(name),
            file_name=f"{settings['form_id']}.xlsx",
            by=OPERATOR,
            at=at,
            is_shipped=True,
        )
        questionnaire.publish(key=version.key, by=OPERATOR, at=at)
        published += 1
    return published
