"""Figures in words, Arabic and English: what a sentence of a finding or of a report says.

Arabic counts in six forms and its verb goes before its subject, so a phrase (`words`) and a whole
sentence (`sentence`) are made apart. What is not known is said with the figure, never left out.
"""

from __future__ import annotations

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from marsad.design.formatting import Formatter, for_reader
from marsad.review import prose
from marsad.review.types.figure import Figure


def words(figure: Figure, language: str) -> str:
    """A figure as it stands in a sentence, with the digits that the reader chose.

    “7 of the 33 States that replied (not known for 3 of them)”; «7 دول من 33 دولة ردّت (ولا يُعرف
    الأمر عن 3 منها)».
    """
    with override(language):
        reading = for_reader()
        if not figure.of:
            return _nobody(figure)
        some = reading.counted("{count} of", "{count} of", figure.n) if figure.n else _("none of")
        return _with_the_rest(f"{some} {_all(figure, reading)}", figure, reading)


def sentence(figure: Figure, language: str, *, question: str, answer: str) -> str:
    """A whole sentence: who answered what to which question.

    «أجابت 7 دول من 33 دولة ردّت بـ«نعم» عن السؤال «…»؟».
    """
    if figure.n:
        said = words(figure, language)
        with override(language):
            return _("{figure} answered “{answer}” to “{question}”.").format(
                figure=said, answer=answer, question=question
            )
    with override(language):
        if not figure.of:
            return _("{figure}: “{question}”.").format(figure=_nobody(figure), question=question)
        reading = for_reader()
        return _("None of {all} answered “{answer}” to “{question}”.").format(
            all=_with_the_rest(_all(figure, reading), figure, reading),
            answer=answer,
            question=question,
        )


def _all(figure: Figure, reading: Formatter) -> str:
    """Of how many, and which they are, with the regional group where it is of one."""
    return _in_group(_among(figure, reading), figure)


def _in_group(said: str, figure: Figure) -> str:
    group = prose.group_of(figure, language=get_language() or "ar")
    return f"{said} ({group})" if group else said


def _among(figure: Figure, reading: Formatter) -> str:
    among, of = figure.query.among, figure.of
    if among == "invited":
        return reading.counted(
            "the {count} State that was invited", "the {count} States that were invited", of
        )
    if among == "asked":
        return reading.counted(
            "the {count} State that the question was put to",
            "the {count} States that the question was put to",
            of,
        )
    return reading.counted("the {count} State that replied", "the {count} States that replied", of)


def _nobody(figure: Figure) -> str:
    said = _("No State has replied")
    if figure.query.among == "invited":
        said = _("No State was invited")
    elif figure.query.among == "asked":
        said = _("The question was put to no State")
    return _in_group(said, figure)


def _with_the_rest(said: str, figure: Figure, reading: Formatter) -> str:
    """What was said, and beside it how many are not known and how many are withheld."""
    beside = []
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
