"""`python -m marsad.reading FILE`: the text of a file on standard output."""

from __future__ import annotations

import argparse
import sys

from marsad.problems import Problem
from marsad.reading.door import read_file


def main() -> int:
    """Print the text of the file that was named, or say in one sentence why not."""
    parser = argparse.ArgumentParser(prog="python -m marsad.reading", description=__doc__)
    parser.add_argument("file", help="a PDF, DOCX, HTML or text file, or a scanned page")
    arguments = parser.parse_args()
    try:
        reading = read_file(arguments.file, progress=_show if sys.stderr.isatty() else None)
    except (Problem, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    for note in reading.notes:
        print(note, file=sys.stderr)
    sys.stdout.buffer.write(reading.text.encode() + b"\n")
    return 0


def _show(done: int, pages: int) -> None:
    print(f"\rpage {done} of {pages}", end="\n" if done == pages else "", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
