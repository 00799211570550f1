"""`marsad statistics …`: bring figures in, check them, count them, from the command line.

Whoever runs it works at the machine itself. Words come in English unless `--reader` says otherwise.
"""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from marsad import estimation
from marsad.directory.types import OPERATOR
from marsad.estimation.__main__ import add_arguments as add_estimate_arguments
from marsad.estimation.__main__ import as_lines, drawn_bounds
from marsad.problems import Problem
from marsad.statistics import places
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import source as sources
from marsad.statistics.management import records
from marsad.statistics.management.telling import print_json, tell_preview
from marsad.statistics.queries import figures
from marsad.statistics.queries.left_out import left_out
from marsad.tabulation import mapping as mappings
from marsad.tabulation.checks import Doubt, check, sentence
from marsad.tabulation.errors import NoSuchFile
from marsad.tabulation.questions import ask
from marsad.tabulation.writing import neutral

#: Further commands, each a module of `marsad.statistics.management` with `HELP`, `add_arguments`
#: and `handle(options, out)`.
_MORE = ("table", "report", "records", "patterns")


class Command(BaseCommand):
    help = "Bring figures in, check them, and count them."
    requires_migrations_checks = False
    # `make check` makes them: here a script would wait for all pages to be loaded, every time.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", metavar="COMMAND", required=True)
        _add(does, "import", self.import_, _import_arguments, "bring a file of figures in")
        _add(does, "check", self.check_figures, _check_arguments, "what does not fit, by State")
        _add(does, "series", self.series, _series_arguments, "figures year by year")
        _add(does, "estimate", self.estimate, _estimate_arguments, "people on none of the lists")
        for name in _MORE:
            if find_spec(f"marsad.statistics.management.{name}") is not None:
                more = import_module(f"marsad.statistics.management.{name}")
                _add(
                    does, name, partial(more.handle, out=self.stdout), more.add_arguments, more.HELP
                )

    def handle(self, *args: Any, **options: Any) -> None:
        perform: Callable[[dict[str, Any]], None] = options["perform"]
        with translation.override(options["reader"]):
            try:
                perform(options)
            except Problem as problem:
                if options.get("json"):
                    print_json(
                        {"problem": {"code": problem.code, "says": str(problem)}}, out=self.stdout
                    )
                raise problem.pinned() from None

    # ── import ───────────────────────────────────────────────────────────────────────────────────
    def import_(self, options: dict[str, Any]) -> None:
        """Read a file and take it in; with --dry-run only say what would be taken."""
        file = Path(options["file"])
        if not file.is_file():
            raise NoSuchFile(name=str(file))
        if options["as"] == "records":
            records.import_records(options, self.stdout)
            return
        state = options["state"] or ""
        # A State's own file is read as its last one was, unless something else is said.
        named = options["mapping"] or ("" if state else _MAPPINGS[options["as"]])
        mapping = mappings.load(named) if named else None
        if options["dry_run"]:
            tell_preview(
                arrivals.tried(file, state=state, mapping=mapping), options, out=self.stdout
            )
            return
        now = timezone.now()
        if state:
            source = sources.of_state(iso2=state.upper(), at=now)
        else:
            source = sources.collection(code=_COLLECTIONS[options["as"]], at=now)
        arrival = arrivals.read(file, source=source.code, by=OPERATOR, at=now, mapping=mapping)
        without = left_out(arrival, language=options["reader"])
        try:
            edition = arrivals.take(
                key=arrival.key, by=OPERATOR, at=timezone.now(), keeps=options["keep"]
            )
        except Problem:
            arrivals.put_aside(key=arrival.key, by=OPERATOR, at=timezone.now())
            raise
        told = {
            "edition": edition.key,
            "source": source.code,
            "number": edition.number,
            "rows": edition.rows,
            "remarks": arrival.remarks["counts"],
            "published": edition.published_at is not None,
            "left_out": asdict(without) if without else None,
            "kept": options["keep"],
        }
        if options["json"]:
            print_json(told, out=self.stdout)
            return
        self.stdout.write(f"{source.code}, edition {edition.number}: {edition.rows:,} rows")
        for code, count in arrival.remarks["counts"].items():
            self.stdout.write(f"    {count:>7,}  {code}")
        if without and not options["keep"]:
            self.stdout.write(
                _(
                    "Figures of edition {number} that are not in the file and are left out: "
                    "{figures}. To keep such figures, import with --keep."
                ).format(number=without.against, figures=without.figures)
            )
        if edition.published_at is None:
            self.stdout.write(_("It waits for its State to verify it."))

    # ── check, series ────────────────────────────────────────────────────────────────────────────
    def check_figures(self, options: dict[str, Any]) -> None:
        """Print every question to the States about their figures."""
        doubts = check(
            figures.rows(), places=[options["state"].upper()] if options["state"] else []
        )
        if options["json"]:
            print_json(
                [{**doubt.as_json(), "sentence": _asked(doubt)} for doubt in doubts],
                out=self.stdout,
            )
            return
        for doubt in doubts:
            self.stdout.write(f"{doubt.severity:<5} {_asked(doubt)}")

    def series(self, options: dict[str, Any]) -> None:
        """Print a series as JSON or CSV."""
        question = ask(
            options["indicator"],
            by=options["by"],
            sex=options["sex"],
            age=options["age"],
            years=options["year"],
            places=options["state"],
            states_only=options["states_only"],
        )
        self._print_rows(figures.series(question), format_=options["format"])

    # ── estimate ─────────────────────────────────────────────────────────────────────────────────
    def estimate(self, options: dict[str, Any]) -> None:
        """Print how many people are on none of the lists of a file."""
        file = Path(options["file"])
        try:
            data = file.read_bytes()
        except OSError as error:
            raise estimation.NoSuchFile(name=str(file)) from error
        lists = estimation.read_lists(data, name=file.name)
        found = estimation.estimate(lists, method=options["method"], threshold=options["threshold"])
        drawn = drawn_bounds(lists, options)
        if options["json"]:
            more = {"bootstrap": drawn.as_json()} if drawn else {}
            print_json({**found.as_json(), **more}, out=self.stdout)
        else:
            self.stdout.write("\n".join(as_lines(found, drawn)))

    # ── printing ─────────────────────────────────────────────────────────────────────────────────
    def _print_rows(self, found: Sequence[Mapping[str, Any]], *, format_: str) -> None:
        if format_ == "json":
            print_json([dict(row) for row in found], out=self.stdout)
            return
        if found:
            out = csv.writer(self.stdout, lineterminator="\n")
            out.writerow(map(neutral, found[0]))
            out.writerows(map(neutral, row.values()) for row in found)


#: What `--as` says: the mapping that the columns are read by, and the collection it belongs to.
_MAPPINGS = {"glotip": "glotip", "sdmx": "sdg"}
_COLLECTIONS = {"glotip": "glotip", "sdmx": "sdg"}


def _asked(doubt: Doubt) -> str:
    """A question with the name of its place, of invented States too in a demonstration."""
    return sentence(
        doubt.code,
        place=doubt.place,
        indicator=doubt.indicator,
        year=doubt.year,
        details=doubt.details,
        named=places.names(),
    )


def _add(
    does: Any,
    name: str,
    perform: Callable[[dict[str, Any]], None],
    arguments: Callable[[ArgumentParser], None],
    about: str,
) -> None:
    parser = does.add_parser(name, help=about, description=about)
    parser.add_argument(
        "--reader", choices=("ar", "en"), default="en", help="the language of what is printed"
    )
    arguments(parser)
    parser.set_defaults(perform=perform)


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--as", choices=(*_COLLECTIONS, "records"), default="glotip", dest="as")
    parser.add_argument("--state", metavar="CODE", help="the State whose own figures these are")
    parser.add_argument("--mapping", metavar="NAME|FILE", help="how its columns are read")
    parser.add_argument("--dry-run", action="store_true", help="say what would be taken, only")
    parser.add_argument(
        "--keep", action="store_true", help="keep what the source told of which FILE says nothing"
    )
    records.add_import_arguments(parser)
    parser.add_argument("--json", action="store_true")


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--state", metavar="ISO3")
    parser.add_argument("--json", action="store_true")


def _series_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--indicator", default="Detected trafficking victims")
    parser.add_argument("--year", metavar="YEAR|FIRST-LAST")
    parser.add_argument("--by", action="append", default=[], metavar="DIMENSION")
    parser.add_argument("--sex", default="Total")
    parser.add_argument("--age", default="Total")
    parser.add_argument("--state", action="append", default=[], metavar="ISO3")
    parser.add_argument("--states-only", action="store_true", help="no territories and groups")
    parser.add_argument("--format", choices=("json", "csv"), default="json")


def _estimate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    add_estimate_arguments(parser)
