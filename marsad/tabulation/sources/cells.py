"""The XML of one sheet, a piece at a time: rows out as soon as they are whole."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from .lines import Cell, Line, Odd

#: A cell farther to the right would make a line of as many empty ones before it.
MOST_COLUMNS = 1_000
#: How the XML of sheets says yes.
_TRUE = ("1", "true")
#: Makes a cell of its kind ("s", "n"…), its style, and the text in it.
MakeCell = Callable[[str | None, str | None, str], Cell]


class FarCellError(Exception):
    """A cell stands farther to the right than any table goes."""


class SheetReader:
    """Feed it pieces of a sheet; it answers with the lines that came to an end in them."""

    def __init__(self, make: MakeCell, *, hidden: set[int] | None = None) -> None:
        """Prepare to read one sheet.

        :param hidden: takes the numbers of rows that are hidden, as they are met.
        """
        self._make = make
        self._hidden = set() if hidden is None else hidden
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._refuse
        self._done: list[Line] = []
        self._number = 0
        self._cells: list[Cell] = []
        self._place = 0
        self._kind: str | None = None
        self._style: str | None = None
        self._value: list[str] = []
        self._formula = False
        self._listening = False

    def feed(self, piece: bytes) -> list[Line]:
        """Return the lines that ended in this piece."""
        self._parser.Parse(piece, False)
        done, self._done = self._done, []
        return done

    def close(self) -> list[Line]:
        """Return what is left at the end of the sheet."""
        self._parser.Parse(b"", True)
        return self._done

    def _start(self, name: str, told: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._kind = told.get("t")
            self._style = told.get("s")
            reference = told.get("r")
            self._place = _index(reference) if reference else len(self._cells)
            if not 0 <= self._place < MOST_COLUMNS:
                raise FarCellError(reference or "")
            self._value = []
            self._formula = False
        elif tag == "v" or tag == "t":
            self._listening = True
        elif tag == "row":
            self._number = int(told.get("r") or self._number + 1)
            if told.get("hidden") in _TRUE:
                self._hidden.add(self._number)
            self._cells = []
        elif tag == "f":
            self._formula = True
            self._value = ["="]
            self._listening = True

    def _data(self, text: str) -> None:
        if self._listening:
            self._value.append(text)

    def _end(self, name: str) -> None:
        self._listening = False
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._finish_cell()
        elif tag == "row":
            self._done.append(Line(self._number, self._cells))
        elif tag == "f":
            # What follows is the result as it was last worked out: it is not what is verified.
            self._kind, formula = None, "".join(self._value)
            self._value = []
            self._put(Odd("formula", formula))

    def _finish_cell(self) -> None:
        if self._value and not self._formula:
            text = self._value[0] if len(self._value) == 1 else "".join(self._value)
            self._put(self._make(self._kind, self._style, text))

    def _put(self, cell: Cell) -> None:
        cells = self._cells
        if self._place == len(cells):
            cells.append(cell)
            return
        if self._place > len(cells):
            cells.extend([None] * (self._place + 1 - len(cells)))
        cells[self._place] = cell

    def _refuse(self, *_told: object) -> None:
        raise expat.ExpatError("entities have no place in a sheet")


def _index(reference: str) -> int:
    # "L17": the column is what stands before the digits.
    if reference[1:2].isdigit():
        return ord(reference[0]) - 65
    index = 0
    for letter in reference:
        if letter.isdigit():
            break
        index = index * 26 + ord(letter) - 64
    return index - 1
