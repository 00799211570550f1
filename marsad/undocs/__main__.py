"""`python -m marsad.undocs FILE`: the structure of a document on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from marsad import arabic, reading
from marsad.arabic.errors import NotArabic
from marsad.arabic.given import knowledge_of, text_of
from marsad.problems import Problem

from .akn import to_akn
from .errors import NoSuchFile, NothingToRead
from .reader import read_structure
from .types import Structure
from .words import LANGUAGES, guess_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a file and print its structure; 1 and a sentence where that cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        structure = _read(options)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.format == "akn":
        sys.stdout.buffer.write(to_akn(structure))
    else:
        written = json.dumps(structure.as_json(), ensure_ascii=False, indent=2)
        sys.stdout.buffer.write(f"{written}\n".encode())
    sys.stdout.buffer.flush()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m marsad.undocs",
        description="Print the structure of a United Nations document.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("json", "akn"), default="json")
    parser.add_argument("--language", choices=LANGUAGES, help="guessed when not given")
    parser.add_argument(
        "--also",
        metavar="FILE",
        action="append",
        default=[],
        help="another copy of the same document, to mend its Arabic by",
    )
    parser.add_argument(
        "--learn", metavar="FILE", nargs="+", default=[], help="other texts to learn Arabic from"
    )
    parser.add_argument(
        "--knowledge",
        metavar="FILE",
        help="what was learned before, as JSON; written anew with what --learn adds",
    )
    return parser


def _read(options: argparse.Namespace) -> Structure:
    file: Path = options.file
    try:
        text = reading.read_file(file).text
    except OSError as error:
        raise NoSuchFile(name=str(file)) from error
    if not text.strip():
        raise NothingToRead(name=file.name)
    if (options.language or guess_language(text)) == "ar":
        text = _repaired(text, options)
    elif options.also or options.learn:
        print(NotArabic(), file=sys.stderr)
    return read_structure(text, options.language)


def _repaired(text: str, options: argparse.Namespace) -> str:
    repair = arabic.repair(
        text,
        knowledge=knowledge_of(options.learn, kept=options.knowledge, repair=arabic.repair),
        copies=[text_of(name).as_copy() for name in options.also],
    )
    for note in repair.notes:
        print(note, file=sys.stderr)
    return repair.text


if __name__ == "__main__":
    sys.exit(main())
