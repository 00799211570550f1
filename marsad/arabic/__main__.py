"""`python -m marsad.arabic FILE [--changes]`: repair a text from the command line."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from marsad.arabic import Repair, repair
from marsad.arabic.errors import EmptyFile, NotText, UnknownEncoding, Unreadable
from marsad.problems import Problem

_HELP = """Repair badly extracted Arabic text.

The repaired text goes to standard output. With --changes, one JSON object per line follows
it, after a line that holds only U+001E (record separator): one per change, with stage, kind,
line, source_start, source_end, before, after, confidence, evidence, decided_by, text_changed
and applied (false for a place that is only flagged)."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m marsad.arabic",
        description=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a text file; - reads standard input")
    parser.add_argument("--changes", action="store_true", help="print the changes after the text")
    given = parser.parse_args(arguments)
    try:
        text = _read(given.file)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    _print(repair(text, progress=_progress if sys.stderr.isatty() else None), given.changes)
    return 0


def _read(name: str) -> str:
    shown = "Standard input" if name == "-" else name
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(name=shown, reason=error.strerror or "unknown reason") from None
    if not data.strip():
        raise EmptyFile(name=shown)
    return _text(data, shown)


def _text(data: bytes, shown: str) -> str:
    """Decode UTF-8 and UTF-16 here; leave everything else to the engine that reads files."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data and not wide:
        raise NotText(name=shown)
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        from marsad import reading
    except ImportError:
        raise UnknownEncoding(name=shown) from None
    text = str(reading.read(data, name=shown).text)
    if not text.strip():
        raise EmptyFile(name=shown)
    return text


def _print(result: Repair, changes: bool) -> None:
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", newline="")
    out.write(result.text if result.text.endswith("\n") else result.text + "\n")
    if changes:
        out.write("\x1e\n")
        for change in result.changes:
            out.write(json.dumps(dataclasses.asdict(change), ensure_ascii=False) + "\n")


def _progress(done: int, total: int) -> None:
    if total >= 100:
        end = "\n" if done == total else ""
        print(f"\r{done} of {total} lines", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
