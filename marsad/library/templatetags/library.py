"""Words of the library's codes, for templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader, isolated
from marsad.library.forms.document import LANGUAGES
from marsad.library.repairs import FAMILIES, kind_name, reason, stage_name
from marsad.library.repairs import RULES as COPY_RULES
from marsad.library.types import PlaceCard
from marsad.library.words import LessonKind, PassageKind, Place, instrument_name

register = template.Library()
_NAMES = {code: name for code, name in LANGUAGES if code}


@register.filter
def language_name(code: str) -> str:
    """A language by its own name."""
    return str(_NAMES.get(code, code))


@register.filter
def numbered(number: str, language: str) -> str:
    """A number as it stands before its paragraph: with a dash in Arabic documents, else a stop."""
    return f"{for_reader().text(number)}{'-' if language == 'ar' else '.'}"


@register.filter
def passage_kind(code: str) -> str:
    """What sort of passage it is, in the reader's language."""
    return str(PassageKind(code).label)


@register.filter
def instrument(code: str) -> str:
    """What the reader calls an instrument."""
    return instrument_name(code)


@register.filter
def soundness_word(share: float) -> str:
    """How whole a text came to us, in words: a bare percentage says little."""
    if share >= 0.9:
        return _("the text came whole")
    if share >= 0.6:
        return _("the text came with some damage")
    return _("the text came badly damaged")


@register.filter
def symbol(given: str) -> SafeString:
    """A symbol kept left to right, which a narrow screen may break behind its strokes only."""
    pieces = format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in given.split("/")))
    return format_html('<bdi class="symbol" dir="ltr">{}</bdi>', pieces)


@register.filter
def cited(citation: str, known: str | None) -> SafeString:
    """A citation in the page's own direction, with only its symbol isolated in it.

    «A/1، الفقرة ٤» must start at the right: a `bdi` around the whole would take the direction of
    its Latin first letter.
    """
    reader = for_reader()
    if not known or known not in citation:
        return format_html("{}", reader.text(citation))
    before, _symbol, after = citation.partition(known)
    return format_html("{}{}{}", reader.text(before), symbol(known), reader.text(after))


#: The letters that Arabic documents count with, in the places of a to z.
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذض"


@register.filter
def agenda_item(given: str) -> SafeString:
    """`2(d)` as documents print it: «٢ (د)» in Arabic, "2 (d)" elsewhere."""
    number, bracket, letter = given.partition("(")
    letter = letter.strip(" )")
    if not bracket:
        return isolated(for_reader().text(given))
    if get_language() == "ar" and len(letter) == 1 and "a" <= letter <= "z":
        letter = ABJAD[ord(letter) - ord("a")]
        letter = "هـ" if letter == "ه" else letter
    return isolated(for_reader().text(f"{number.strip()} ({letter})"), language=get_language())


# ── doubtful places ──────────────────────────────────────────────────────────────────────────────
@register.filter
def place_label(place: Place | None) -> str:
    """Where in a document a place stands."""
    return "" if place is None else str(Place(place).label)


@register.filter
def kind_label(kind: str) -> str:
    """What sort of change or doubt it is, in a word or two."""
    return kind_name(kind)


@register.filter
def change_reason(kind: str) -> str:
    """Why there was a change of this kind."""
    return reason(kind)


@register.filter
def stage_label(stage: str) -> str:
    """What a stage of the engine mends."""
    return stage_name(stage)


@register.filter
def lesson_kind(code: str) -> str:
    """What sort of lesson it is."""
    return str(LessonKind(code).label)


@register.filter
def doubt_says(card: PlaceCard) -> str:
    """Why somebody should look at a place, or what was done there."""
    sure = for_reader().percent(card.confidence)
    if not card.is_applied and card.is_doubt:
        return _("Perhaps: {reason} It was left as it came.").format(reason=reason(card.kind))
    if card.is_doubt:
        return _("{reason} The engine is only {certainty} sure.").format(
            reason=reason(card.kind), certainty=sure
        )
    return reason(card.kind) if card.kind else ""


@register.filter
def copy_rule(code: str) -> str:
    """Why one copy is believed and not the other."""
    return str(COPY_RULES.get(code) or FAMILIES["copy"])
