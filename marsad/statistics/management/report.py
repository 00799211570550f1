"""`marsad statistics report --state MEX …`: all that is known of one State, as a document."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper

from marsad.directory.types import OPERATOR
from marsad.statistics import problems
from marsad.statistics.exports import national as exports
from marsad.statistics.management.table import put
from marsad.statistics.queries import national

HELP = "a national report: Word, PDF or JSON, in Arabic or English"


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("--state", required=True, metavar="ISO3")
    parser.add_argument("--format", choices=exports.OFFERED, default="docx")
    parser.add_argument("--language", choices=("ar", "en"), default="en")
    parser.add_argument(
        "--questions", action="store_true", help="also what does not fit, which is not public"
    )
    parser.add_argument("--output", type=Path, metavar="FILE")


def handle(options: dict[str, Any], out: OutputWrapper) -> None:
    """Write the report."""
    if options["output"] is None and options["format"] != "json" and sys.stdout.isatty():
        raise problems.NeedsAFile(format=options["format"])
    found = national.report(
        code=options["state"],
        reader=OPERATOR,
        language=options["language"],
        with_questions=options["questions"],
    )
    put(exports.write(found, format=options["format"]).data, file=options["output"], out=out)
