"""`python -m marsad.arabic FILE` repairs a text; `… damage FILE` breaks one on purpose."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from typing import Any

from marsad.arabic import Repair, repair
from marsad.arabic.damage import command as damage_command
from marsad.arabic.given import knowledge_of, text_of
from marsad.arabic.output import write
from marsad.arabic.quality import quality_of
from marsad.problems import Problem

_HELP = """Repair badly extracted Arabic text: a text file, a PDF, a DOCX or a page of HTML.

The repaired text goes to standard output, line breaks kept. What concerns the text as a whole (it
is not Arabic, the other copy is none) goes to standard error, one sentence a line.

With --changes, one JSON object per line follows the text, after a line that holds only U+001E
(record separator): one per change, with stage, kind, line, source_start, source_end, before,
after, confidence, evidence, decided_by, text_changed, applied (false for a place that is only
flagged) and candidates. With --format json, one object holds text, lines, changes, quality and
notes.

`python -m marsad.arabic damage FILE --seed N` makes damage with known truth; see its --help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["damage"]:
        return damage_command.main(given[1:])
    options = _parser().parse_args(given)
    try:
        result, notes = _repaired(options)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    for note in notes:
        print(note, file=sys.stderr)
    write(_as_json(result, notes) if options.format == "json" else _as_text(result, options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m marsad.arabic",
        description=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the file to repair; - reads standard input")
    parser.add_argument(
        "--also",
        metavar="FILE",
        action="append",
        default=[],
        help="another copy of the same document; may be given more than once",
    )
    parser.add_argument(
        "--learn", metavar="FILE", nargs="+", default=[], help="other texts to learn from"
    )
    parser.add_argument(
        "--knowledge",
        metavar="FILE",
        help="what was learned before, as JSON; written anew with what --learn adds",
    )
    parser.add_argument("--changes", action="store_true", help="print the changes after the text")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _repaired(options: argparse.Namespace) -> tuple[Repair, list[str]]:
    """The repair, and what is to be said about it."""
    given = text_of(options.file)
    also = [text_of(name) for name in options.also]
    knowledge = knowledge_of(options.learn, kept=options.knowledge, repair=repair)
    result = repair(
        given.text,
        progress=_progress if sys.stderr.isatty() else None,
        knowledge=knowledge,
        copies=[other.as_copy() for other in also],
    )
    read = [note for each in (given, *also) for note in each.notes]
    return result, [*read, *map(str, result.notes)]


def _as_text(result: Repair, options: argparse.Namespace) -> str:
    text = result.text if result.text.endswith("\n") else result.text + "\n"
    if not options.changes:
        return text
    lines = [_line(dataclasses.asdict(change)) for change in result.changes]
    return "".join([text, "\x1e\n", *(f"{line}\n" for line in lines)])


def _as_json(result: Repair, notes: Sequence[str]) -> str:
    lines = [
        {"line": line.source_line, "source": line.source, "text": line.text, "ending": line.ending}
        for line in result.lines
    ]
    kept = {
        "text": result.text,
        "lines": lines,
        "changes": [dataclasses.asdict(change) for change in result.changes],
        "discarded": [dataclasses.asdict(change) for change in result.discarded],
        "quality": dataclasses.asdict(quality_of(result)),
        "notes": list(notes),
    }
    return _line(kept) + "\n"


def _line(kept: dict[str, Any]) -> str:
    return json.dumps(kept, ensure_ascii=False)


def _progress(done: int, total: int) -> None:
    if total >= 100:
        end = "\n" if done == total else ""
        print(f"\r{done} of {total} lines", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
