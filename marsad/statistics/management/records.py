"""`marsad statistics records …`: code lists, forms, what is held, releases; and records brought in.

`marsad statistics import FILE --as records` ends here too.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone

from marsad.directory.types import OPERATOR
from marsad.problems import Problem
from marsad.statistics.actions import record as actions
from marsad.statistics.actions import record_codes as code_actions
from marsad.statistics.actions import record_release as releases
from marsad.statistics.management.telling import print_json, tell_preview
from marsad.statistics.queries import record_codes, record_counts, record_rights
from marsad.statistics.records import columns, counting, xlsform
from marsad.statistics.records.codebook import KINDS
from marsad.statistics.records.counting import Counted, Wanted
from marsad.tabulation import writing

HELP = "records: code lists, forms, what is held, what is released"


def add_arguments(parser: ArgumentParser) -> None:
    """What can be done with records."""
    does = parser.add_subparsers(dest="records", metavar="WHAT", required=True)
    codes = does.add_parser("codes", help="the code lists, or another version of them")
    codes.add_argument("--version", dest="codes", metavar="VERSION")
    codes.add_argument("--format", choices=("csv", "json"), default="json")
    codes.add_argument("--upload", type=Path, metavar="FILE", help="use this version from now on")
    form = does.add_parser("form", help="the code lists as a form (XLSForm)")
    form.add_argument("kind", choices=KINDS)
    form.add_argument("--output", type=Path, required=True, metavar="FILE")
    does.add_parser("held", help="how many records are held, by State and body")
    release = does.add_parser("release", help="figures of a State's records, small counts hidden")
    release.add_argument("--state", required=True, metavar="CODE")
    release.add_argument("--threshold", type=int, default=5)
    release.add_argument("--by", choices=counting.BREAKDOWNS, action="append")
    release.add_argument("--identified-only", action="store_true")
    release.add_argument("--first-year", type=int)
    release.add_argument("--last-year", type=int)
    release.add_argument("--dry-run", action="store_true", help="say what would be released, only")
    release.add_argument("--json", action="store_true")


def handle(options: dict[str, Any], out: OutputWrapper) -> None:
    """Do it."""
    {"codes": _codes, "form": _form, "held": _held, "release": _release}[options["records"]](
        options, out
    )


def add_import_arguments(parser: ArgumentParser) -> None:
    """What `import --as records` takes besides."""
    parser.add_argument("--kind", choices=KINDS, help="records: what all rows are")
    parser.add_argument("--body", type=int, metavar="NUMBER", help="records: whose they are")
    parser.add_argument(
        "--replace", action="store_true", help="records: instead of what was there, not beside it"
    )


def import_records(options: dict[str, Any], out: OutputWrapper) -> None:
    """Bring a file of records in; with --dry-run only say what would be kept."""
    file = Path(options["file"])
    mapping = columns.load(options["mapping"]) if options["mapping"] else None
    state = (options["state"] or "").upper()
    kind = options["kind"] or ""
    if options["dry_run"]:
        reading = actions.reading(file, state=state, mapping=mapping, kind=kind)
        for _record in reading:
            pass
        tell_preview(reading.preview, options, out=out)
        return
    now = timezone.now()
    arrival = actions.read(
        file,
        state=state,
        body_id=options["body"],
        by=OPERATOR,
        at=now,
        replaces=options["replace"],
        mapping=mapping,
        kind=kind,
    )
    try:
        edition = actions.take(key=arrival.key, by=OPERATOR, at=timezone.now())
    except Problem:
        actions.put_aside(key=arrival.key, by=OPERATOR, at=timezone.now())
        raise
    said = {
        "edition": edition.key,
        "number": edition.number,
        "rows": edition.rows,
        "kinds": edition.kinds,
        "codes": arrival.codes,
        "remarks": arrival.remarks["counts"],
    }
    if options["json"]:
        print_json(said, out=out)
        return
    out.write(f"{state}, records, edition {edition.number}: {edition.rows:,} records")
    for kind, count in edition.kinds.items():
        out.write(f"    {count:>7,}  {kind}")


def _codes(options: dict[str, Any], out: OutputWrapper) -> None:
    if options["upload"]:
        data = options["upload"].read_bytes()
        name = options["upload"].name
        kept = code_actions.upload(data=data, name=name, by=OPERATOR, at=timezone.now())
        out.write(f"{kept.version}: in use for records that come from now on")
        return
    version = options["codes"]
    book = record_codes.version(version) if version else record_codes.current()
    if options["format"] == "csv":
        out.write(writing.to_csv(book.as_rows()))
    else:
        print_json(book.as_json(), out=out)


def _form(options: dict[str, Any], out: OutputWrapper) -> None:
    made = xlsform.workbook(record_codes.current(), kind=options["kind"])
    options["output"].write_bytes(made)
    out.write(str(options["output"]))


def _held(_options: dict[str, Any], out: OutputWrapper) -> None:
    for holding in record_rights.holdings(OPERATOR).select_related("body"):
        newest = holding.editions.order_by("-number").first()
        body = holding.body.name_en if holding.body else "the State as a whole"
        rows = newest.rows if newest else 0
        out.write(f"{holding.state_id}  {body}: {rows:,} records")


def _release(options: dict[str, Any], out: OutputWrapper) -> None:
    wanted = Wanted(
        breakdowns=tuple(options["by"] or counting.BREAKDOWNS),
        with_presumed=not options["identified_only"],
        threshold=options["threshold"],
        first_year=options["first_year"],
        last_year=options["last_year"],
    )
    state = options["state"].upper()
    if options["dry_run"]:
        counted = record_counts.count(state=state, wanted=wanted, reader=OPERATOR)
        _tell_counted(counted, options, out)
        return
    release = releases.release(state=state, wanted=wanted, by=OPERATOR, at=timezone.now())
    if options["json"]:
        print_json({"release": release.key, "number": release.number, **release.tally}, out=out)
        return
    out.write(f"{state}, release {release.number}: {release.tally}")
    out.write("It waits for its State to verify it.")


def _tell_counted(counted: Counted, options: dict[str, Any], out: OutputWrapper) -> None:
    rows = [
        {
            "year": cell.figure.year,
            "indicator": cell.figure.indicator,
            "dimension": cell.figure.dimension,
            "category": cell.figure.category,
            "sex": cell.figure.sex,
            "age": cell.figure.age,
            "value": cell.value,
            "shown": cell.shown.kind,
        }
        for cell in counted.cells
    ]
    if options["json"]:
        print_json({**counted.tally(), "joined": counted.joined, "cells": rows}, out=out)
    else:
        out.write(writing.to_csv(rows))
