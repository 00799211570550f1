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
}


def why(change: Mapping[str, Any], *, line: int) -> str:
    """The reason for a change, with its line and how sure the engine is."""
    reason = WHY.get(change["kind"], gettext_lazy("The text was put in order."))
    if not change["applied"]:
        reason = gettext_lazy("This place is doubtful; it was left as it came.")
    reader = for_reader()
    return gettext("{reason} Line {line}; certainty {certainty}.").format(
        reason=reason, line=reader.number(line), certainty=reader.percent(change["confidence"])
    )
