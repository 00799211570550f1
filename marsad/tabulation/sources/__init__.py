"""Files of figures, line by line, whatever they are written in.

Every source yields tables, and every table yields lines; a line is a number and its cells. Nothing
is understood here, and nothing is held in memory but the line in hand.
"""

from __future__ import annotations

from .door import open_tables
from .lines import Cell, Line, Odd, Table, column_letters
from .text import check_encoding

__all__ = ["Cell", "Line", "Odd", "Table", "check_encoding", "column_letters", "open_tables"]
