"""Files named on a command line: their text as it stands in them, and what was learned."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.arabic.copies import SCAN, Copy
from marsad.arabic.errors import DamagedKnowledge, EmptyFile, Unreadable
from marsad.arabic.gauge import looks_damaged
from marsad.arabic.knowledge import Knowledge, learn
from marsad.arabic.record import Repair


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """The text of a file."""

    #: What the file is called; shown in every sentence about it.
    name: str
    #: A plain text to the last blank, another kind of file as the engine `reading` reads it.
    text: str
    #: What a person should know about how it was read.
    notes: tuple[str, ...] = ()
    #: Whether its words were recognised in pictures.
    recognised: bool = False

    def as_copy(self) -> Copy:
        """The text as another copy of a document."""
        return Copy(text=self.text, name=self.name, extraction=SCAN if self.recognised else "")


def text_of(name: str) -> Given:
    """Read a file of any kind that `reading` knows; `-` is standard input.

    :raises marsad.problems.Problem: where there is nothing to read, with a sentence that says why.
    """
    from marsad import reading

    shown = "Standard input" if name == "-" else Path(name).name
    try:
        data = sys.stdin.buffer.read() if name == "-" else _bytes_of(Path(name))
    except OSError as error:
        raise Unreadable(name=name, reason=error.strerror or "unknown reason") from None
    if not data.strip():
        raise EmptyFile(name=shown)
    if reading.sniff(data, shown) is reading.Kind.TXT and (text := _as_written(data)) is not None:
        if not text.strip():
            raise EmptyFile(name=shown)
        return Given(name=shown, text=text)
    found = reading.read(data, name=shown)
    recognised = found.layer is reading.Layer.OCR
    return Given(name=shown, text=found.text, notes=found.notes, recognised=recognised)


def _bytes_of(path: Path) -> bytes:
    from marsad import reading

    reading.check_size(path.stat().st_size, name=path.name)
    return path.read_bytes()


def _as_written(data: bytes) -> str | None:
    """UTF-8 and UTF-16 to the last blank and control character, which `reading` would tidy."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data and not wide:
        return None
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def knowledge_of(
    files: Sequence[str], *, kept: str | None, repair: Callable[[str], Repair]
) -> Knowledge | None:
    """What earlier texts teach: what was kept in a file, and what these files add to it.

    :param kept: a file of `Knowledge.to_json`; written anew where `files` add to it.
    :raises DamagedKnowledge: where that file holds anything else.
    """
    known = _kept(Path(kept)) if kept else None
    if not files:
        return known
    texts = (text_of(name).text for name in files)
    learned = learn(repair(text) if looks_damaged(text).damaged else text for text in texts)
    together = learned if known is None else _together(known, learned)
    if kept:
        _keep(Path(kept), together)
    return together


def _kept(file: Path) -> Knowledge | None:
    try:
        return Knowledge.from_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise DamagedKnowledge() from None
    except OSError as error:
        raise Unreadable(name=str(file), reason=error.strerror or "unknown reason") from None


def _keep(file: Path, knowledge: Knowledge) -> None:
    """Write it beside, then put it in place: a file half written would be a damaged one."""
    beside = file.with_name(f"{file.name}.new")
    try:
        beside.write_text(knowledge.to_json(), encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        raise Unreadable(name=str(file), reason=error.strerror or "unknown reason") from None


def _together(one: Knowledge, more: Knowledge) -> Knowledge:
    fields = [field.name for field in dataclasses.fields(Knowledge)]
    return Knowledge(**{name: _joined(getattr(one, name), getattr(more, name)) for name in fields})


def _joined(one: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Counts added; of what is read in two ways (a font's code) nothing is kept."""
    if all(isinstance(value, int) for value in (*one.values(), *more.values())):
        return dict(Counter(one) + Counter(more))
    both = {key for key in one.keys() & more.keys() if one[key] != more[key]}
    return {key: value for key, value in {**one, **more}.items() if key not in both}
