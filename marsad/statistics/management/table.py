"""`marsad statistics table NAME …`: a named table of the figures in force."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper

from marsad.design.formatting import reading_as
from marsad.directory.types import OPERATOR
from marsad.statistics import problems
from marsad.statistics.exports import table as exports
from marsad.statistics.queries import origin as origins
from marsad.statistics.queries import tables as queries
from marsad.statistics.types.table import TableChoice, TableView
from marsad.tabulation import tables
from marsad.tabulation.populations import read_populations
from marsad.tabulation.questions import span

HELP = "a named table, with its definition on top"


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="without one: the list of all")
    parser.add_argument("--list", action="store_true", help="all tables and what each serves")
    parser.add_argument("--year", metavar="YEAR|FIRST-LAST")
    parser.add_argument("--state", action="append", default=[], metavar="ISO3")
    parser.add_argument("--states-only", action="store_true", help="no territories and groups")
    parser.add_argument("--format", choices=tuple(exports.FORMATS), default="json")
    parser.add_argument("--language", choices=("ar", "en"), default="en")
    parser.add_argument("--output", type=Path, metavar="FILE")
    parser.add_argument(
        "--population", type=Path, metavar="FILE", help="a CSV of populations, for rates"
    )
    parser.add_argument(
        "--origin", action="store_true", help="with each line the rows it was made of (JSON)"
    )


def handle(options: dict[str, Any], out: OutputWrapper) -> None:
    """Print the table, or write it to a file."""
    if options["list"] or not options["name"]:
        for card in queries.listed(language=options["language"]):
            out.write(f"{card.name:30} {card.title} [{'; '.join(card.serves)}]")
        return
    tables.definition(options["name"])
    kind = options["format"]
    if options["origin"] and kind != "json":
        raise problems.OriginIsJson
    if kind in exports.BINARY and options["output"] is None and sys.stdout.isatty():
        raise problems.NeedsAFile(format=kind)
    given = options["population"]
    view = queries.table(
        choice=TableChoice(
            name=options["name"],
            years=span(options["year"]) if options["year"] else None,
            places=tuple(code.upper() for code in options["state"]),
            states_only=options["states_only"],
        ),
        reader=OPERATOR,
        language=options["language"],
        populations=read_populations(given) if given else None,
    )
    told = _origins(view) if options["origin"] else None
    put(exports.write(view, format=kind, origins=told).data, file=options["output"], out=out)


def _origins(view: TableView) -> list[dict[str, Any]]:
    defined = tables.definition(view.choice.name)
    with reading_as(language=view.language):
        return [
            origins.origin(
                query=queries.origin_of(defined, view.choice, one),
                reader=OPERATOR,
                language=view.language,
                size=origins.MOST,
            ).as_json()
            for one in view.records
        ]


def put(data: bytes, *, file: Path | None, out: OutputWrapper) -> None:
    """Write to a file, or print."""
    if file is not None:
        file.write_bytes(data)
        return
    try:
        out.write(data.decode())
    except UnicodeDecodeError:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
