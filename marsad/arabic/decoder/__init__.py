"""Read a line whose runs were written out in reverse.

A badly extracted line holds its runs from the left edge of the page to the right: the last run
first, each run readable inside («أو الخدمات أو الأعمالعلى لطلب ل التصدِّيفي أفضل الممارسات»). The
decoder looks for the cuts and the order that make the most likely line:

    cost(reading) = sum of -ln P(word | two words before)      the language model, `likelihood.py`
                  + what each cut costs where it is made       `seams.py`
                  + what each place costs that looks like a seam and is read on
                  + steps down and up, where runs stand in layers   `layers.py`

`search.py` finds the best reading of a line written once in reverse; `layers.py` of one written in
several layers.
"""

from __future__ import annotations

from marsad.arabic.decoder.decoder import Decoder
from marsad.arabic.decoder.reading import Context, Order, Piece, Reading

__all__ = ["Context", "Decoder", "Order", "Piece", "Reading"]
