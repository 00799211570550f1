"""Figures beside what is not known of them, and in a whole sentence, Arabic and English.

How a figure is said, `prose` alone decides, for findings as for reports. What is not known is said
with it here, never left out. Arabic puts the verb before its subject, so a sentence is made apart.
"""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from marsad.design.formatting import Formatter, for_reader
from marsad.review import prose
from marsad.review.types.figure import Figure


def words(figure: Figure, language: str) -> str:
    """A figure as it stands in a sentence, with the digits that the reader chose.

    “7 of the 33 States that replied (not known for 3 of them)”; «7 دول من أصل 33 دولة مجيبة (ولا
    يُعرف الأمر عن 3 منها)».
    """
    with override(language):
        reading = for_reader()
        return _with_the_rest(prose.bare(figure, formatter=reading), figure, reading)


def sentence(figure: Figure, language: str, *, question: str, answer: str) -> str:
    """A whole sentence: who answered what to which question.

    «أجابت 7 دول من أصل 33 دولة مجيبة بـ«نعم» عن السؤال «…»؟».
    """
    with override(language):
        reading = for_reader()
        if figure.n:
            said = _("{figure} answered “{answer}” to “{question}”.").format(
                figure=_with_the_rest(prose.bare(figure, formatter=reading), figure, reading),
                answer=answer,
                question=question,
            )
            return str(capfirst(said))
        return _("None of {all} answered “{answer}” to “{question}”.").format(
            all=_with_the_rest(prose.those(figure, formatter=reading), figure, reading),
            answer=answer,
            question=question,
        )


def _with_the_rest(said: str, figure: Figure, reading: Formatter) -> str:
    """What was said; beside it of which group, how many are not known and how many withheld."""
    group = prose.group_of(figure, language=reading.language)
    beside = [group] if group else []
    if figure.not_known:
        beside.append(
            reading.counted(
                "not known for {count} of them", "not known for {count} of them", figure.not_known
            )
        )
    if figure.withheld:
        beside.append(
            reading.counted(
                "{count} answered for the Secretariat only",
                "{count} answered for the Secretariat only",
                figure.withheld,
            )
        )
    if not beside:
        return said
    return _("{figure} ({beside})").format(figure=said, beside=_("; ").join(beside))
