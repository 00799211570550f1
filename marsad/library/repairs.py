"""Why a text was changed, in a sentence a reader understands.

The repair engine records kinds of change as codes; their words are here, so that they are
translated like everything else a person reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from marsad.design.formatting import for_reader

WHY = {
    "tatweel": gettext_lazy("Strokes that only stretched the line were taken out."),
    "private_code": gettext_lazy("The font hid letters behind a private code; they were put back."),
    "run_order": gettext_lazy("The pieces of this line stood in reverse order."),
    "visual_order": gettext_lazy("The words of this line stood from the last to the first."),
    "turned_word": gettext_lazy("The pieces of a word stood in reverse order."),
    "drawn_together": gettext_lazy("Letters that are drawn together stood in reverse order."),
    "spaces": gettext_lazy("Spaces that came from the layout were taken out or put in."),
    "markup": gettext_lazy("Signs of a mark-up language around words were taken out."),
    "marker": gettext_lazy("The number or letter was brought home to the beginning of its line."),
    "tie": gettext_lazy("The pieces of a torn word were joined."),
    "span": gettext_lazy("The two ends of a span were put in their order."),
    "decided": gettext_lazy("A person settled this place."),
    "ligature": gettext_lazy("Letters that were joined in one shape were read wrongly."),
    "copy_order": gettext_lazy("The pieces of this line were put in the order of another copy."),
    "copy_spaces": gettext_lazy("The spaces were set as in another copy."),
    "copy_code": gettext_lazy("Another copy shows the letters that a font hid."),
    "copy_letters": gettext_lazy("Another copy reads this word otherwise."),
    "copy_digits": gettext_lazy("Another copy has other digits here."),
    "copy_words": gettext_lazy("Only one of the copies has these words."),
    "ocr_word": gettext_lazy("Optical reading took letters for others that look alike."),
    "ocr_mark": gettext_lazy("Optical reading set a mark one letter too late."),
    "ocr_stop": gettext_lazy("Optical reading may have seen a stop where there is none."),
    "ocr_number": gettext_lazy("The other numbers of the text speak against this one."),
}


#: The same in a word or two, for lists and filters.
NAMES = {
    "tatweel": gettext_lazy("Stretching strokes"),
    "private_code": gettext_lazy("Font code"),
    "run_order": gettext_lazy("Order of a line"),
    "visual_order": gettext_lazy("Order of words"),
    "turned_word": gettext_lazy("Pieces of a word"),
    "drawn_together": gettext_lazy("Letters drawn together"),
    "spaces": gettext_lazy("Spaces"),
    "markup": gettext_lazy("Signs of mark-up"),
    "marker": gettext_lazy("Place of a number"),
    "tie": gettext_lazy("Torn word"),
    "span": gettext_lazy("Span of numbers"),
    "ligature": gettext_lazy("Joined letters"),
    "ocr_mark": gettext_lazy("Place of a mark"),
    "ocr_stop": gettext_lazy("A stop too many"),
    "ocr_number": gettext_lazy("Number out of line"),
}
#: What a kind is called that has no name of its own.
FAMILIES = {
    "ocr": gettext_lazy("Misread letters"),
    "copy": gettext_lazy("Copies differ"),
}
NAMES |= {
    "copy_order": gettext_lazy("Order as in a copy"),
    "copy_spaces": gettext_lazy("Spaces as in a copy"),
    "copy_code": gettext_lazy("Font code shown by a copy"),
    "copy_letters": gettext_lazy("Letters as in a copy"),
    "copy_digits": gettext_lazy("Digits differ between copies"),
    "copy_words": gettext_lazy("Words in one copy only"),
}
#: Stages of the engine, as a list of what was mended names them.
STAGES = {
    "tatweel": NAMES["tatweel"],
    "private_codes": NAMES["private_code"],
    "markers": NAMES["marker"],
    "ties": NAMES["tie"],
    "run_order": NAMES["run_order"],
    "drawn_together": NAMES["drawn_together"],
    "visual_order": NAMES["visual_order"],
    "spans": NAMES["span"],
    "ligatures": NAMES["ligature"],
    "spacing": NAMES["spaces"],
    "markup": NAMES["markup"],
    "decided": gettext_lazy("Settled by a person"),
}
#: Why one copy is believed and not the other: the rules of `marsad.arabic.copies`.
RULES = {
    "text_layer": gettext_lazy(
        "The text layer of a file has the right letters; a scan misreads some."
    ),
    "scan_order": gettext_lazy(
        "A scan has its words in the order of the page; a text layer may not."
    ),
    "known_word": gettext_lazy("It is a word, and the other reading is none."),
    "private_code": gettext_lazy("The other copy shows the letters that a font hid."),
    "digits": gettext_lazy("Digits are left for a person to settle."),
    "missing": gettext_lazy("Words that only one copy has are left for a person to settle."),
    "unknown_word": gettext_lazy("The copy that has the right letters has no word known here."),
    "same_standing": gettext_lazy("Both copies are of one kind and both readings are words."),
    "majority": gettext_lazy("More copies read it so."),
    "spaces": gettext_lazy("The spaces make known words of the same letters."),
    "marks": gettext_lazy("Marks are taken from no scan."),
}


def kind_name(kind: str) -> str:
    """A kind of change or doubt in a word or two."""
    known = NAMES.get(kind) or FAMILIES.get(kind.split("_")[0])
    return str(known or gettext_lazy("Something else"))


def stage_name(stage: str) -> str:
    """A stage of the engine by what it mends."""
    known = STAGES.get(stage) or FAMILIES.get(stage.removesuffix("s").split("_")[0])
    return str(known or NAMES.get(stage) or stage)


def reason(kind: str) -> str:
    """Why there was a change of this kind, without its place."""
    return str(WHY.get(kind) or kind_name(kind))


def why(change: Mapping[str, Any], *, line: int) -> str:
    """The reason for a change, with its line and how sure the engine is."""
    reason = WHY.get(change["kind"], gettext_lazy("The text was put in order."))
    if not change["applied"]:
        reason = gettext_lazy("This place is doubtful; it was left as it came.")
    reader = for_reader()
    return gettext("{reason} Line {line}; certainty {certainty}.").format(
        reason=reason, line=reader.number(line), certainty=reader.percent(change["confidence"])
    )
