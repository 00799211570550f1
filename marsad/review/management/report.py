"""Begin a report of a round, take it away as a file, publish it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from marsad.directory.types import OPERATOR
from marsad.review.actions import report as actions
from marsad.review.exports import report as exporting
from marsad.review.models import Report
from marsad.review.queries import report as queries
from marsad.review.queries import rights

HELP = "Begin a report of a round, take it away as a file, publish it."


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("round", metavar="ROUND", help="key of the round")
    parser.add_argument("--report", default="", help="key of the report; the newest by default")
    parser.add_argument("--begin", action="store_true", help="build a first draft from the round")
    parser.add_argument("--title-ar", default="", help="with --begin; the round's by default")
    parser.add_argument("--title-en", default="", help="with --begin; the round's by default")
    parser.add_argument("--symbol", default="", help="with --begin")
    parser.add_argument("--format", choices=exporting.OFFERED, help="write it as a file")
    parser.add_argument("--language", choices=["ar", "en"], default="en", help="of the file")
    parser.add_argument("--output", default="", help="file to write; “-” for standard output")
    parser.add_argument("--publish", action="store_true", help="publish it into the library")
    parser.add_argument(
        "--confirm", action="store_true", help="with --publish: the warnings were read"
    )


def handle(options: Mapping[str, Any], out: OutputWrapper) -> None:
    """Do what was asked, in that order: begin, publish, write."""
    report = _begun(options, out) if options["begin"] else _found(options)
    for caution in queries.cautions(report, reader=OPERATOR):
        where = caution.paragraph or caution.block
        print(f"{where} ({caution.language}): {caution.says}", file=sys.stderr)
    if options["publish"]:
        report = actions.publish(
            key=report.key,
            confirmed=options["confirm"],
            revision=report.revision,
            by=OPERATOR,
            at=timezone.now(),
        )
        document = report.document.key if report.document else ""
        out.write(_("Published as document {key} of the library.").format(key=document))
    if options["format"]:
        _write(report, options, out)


def _found(options: Mapping[str, Any]) -> Report:
    if options["report"]:
        return queries.report_for(OPERATOR, round_key=options["round"], key=options["report"])
    return queries.newest_for(OPERATOR, round_key=options["round"])


def _begun(options: Mapping[str, Any], out: OutputWrapper) -> Report:
    round_ = rights.round_for(OPERATOR, key=options["round"])
    named: Mapping[str, str] = round_.titles
    anything = next(iter(named.values()), "")
    report = actions.begin(
        round_key=round_.key,
        titles={
            "ar": options["title_ar"] or named.get("ar") or anything,
            "en": options["title_en"] or named.get("en") or anything,
        },
        symbol=options["symbol"],
        by=OPERATOR,
        at=timezone.now(),
    )
    out.write(_("Begun: report {key}.").format(key=report.key))
    return report


def _write(report: Report, options: Mapping[str, Any], out: OutputWrapper) -> None:
    composed = queries.composed(reader=OPERATOR, report=report, language=options["language"])
    made = exporting.write(composed, format=options["format"])
    if options["output"] == "-":
        sys.stdout.buffer.write(made.data)
        return
    path = Path(options["output"] or made.file_name)
    path.write_bytes(made.data)
    out.write(_("Written: {path}.").format(path=path))
