"""`python -m marsad.tabulation read|series|check|patterns|table FILE …`: files without a server."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from marsad.problems import Problem

from . import answers, checks, keeping, labels, mapping, patterns, sdmx, tables, writing
from .engine import Expression, rows_from, rows_in_memory
from .errors import UnknownIndicator
from .populations import read_populations
from .questions import ask, span
from .reader import Preview, Reading
from .schema import is_kept

_PARQUET = b"PAR1"
_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; 1 and a sentence where that cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m marsad.tabulation", description="Tables and trends from files of figures."
    )
    commands = parser.add_subparsers(required=True, metavar="read|series|check|patterns|table")
    read = _command(commands, "read", _read, "say row by row what is understood, doubted, refused")
    read.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the rows as Parquet there")
    read.add_argument("--json", action="store_true")
    series = _command(commands, "series", _series, "figures year by year")
    series.add_argument(
        "--indicator", required=True, help="“Detected trafficking victims”, victims…"
    )
    series.add_argument("--by", action="append", default=[], help="dimension, sex, age, form…")
    series.add_argument("--dimension", default="Total")
    series.add_argument("--category")
    _selecting(series)
    check = _command(commands, "check", _check, "questions to the States about their figures")
    check.add_argument("--state", action="append", default=[], metavar="ISO3")
    check.add_argument("--json", action="store_true")
    changed = _command(commands, "patterns", _patterns, "what changed, and where beyond chance")
    changed.add_argument("--year", required=True, metavar="YEAR", help="2019, or 2017-2020")
    changed.add_argument("--indicator", default="")
    table = _command(commands, "table", _table, "a named table; without a name, their names")
    table.add_argument("name", nargs="?", metavar="NAME")
    table.add_argument("--language", choices=("ar", "en"), default="en")
    table.add_argument("--output", type=Path, metavar="FILE")
    table.add_argument(
        "--population", type=Path, metavar="FILE", help="a CSV of populations, for rates"
    )
    _selecting(table, "xlsx", "sdmx")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    do: Callable[[argparse.Namespace], int],
    says: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=says, description=says)
    command.set_defaults(do=do)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--as", dest="mapping", metavar="MAPPING", help="glotip, plain, sdmx, sdg, or a JSON file"
    )
    command.add_argument(
        "--anyway", action="store_true", help="leave out rows that cannot be understood"
    )
    return command


def _selecting(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument("--year", metavar="YEAR", help="2019, or 2017-2020")
    command.add_argument("--state", action="append", default=[], metavar="ISO3")
    command.add_argument("--states-only", action="store_true", help="leave out what is no State")
    command.add_argument("--format", choices=("json", "csv", *formats), default="json")


def _read(options: argparse.Namespace) -> int:
    reading = _reading(options)
    if options.keep:
        kept = keeping.keep_rows(reading, options.keep, preview=reading.preview)
        print(kept.path, file=sys.stderr)
    else:
        for _row in reading:
            pass
    if options.json:
        _put(writing.to_json(reading.preview.as_json()))
    else:
        _put("\n".join(_told(reading.preview)))
    return 0 if reading.preview.may_be_kept else 1


def _told(preview: Preview) -> list[str]:
    lines = [
        f"{preview.name}: {preview.rows} rows; {preview.understood} understood, "
        f"{preview.doubted} doubted, {preview.refused} refused",
        *(f"  {count:>7}  {code}" for code, count in preview.counts.most_common()),
    ]
    for level in ("refused", "doubted"):
        lines += [f"{level}: {one.sentence}" for one in preview.remarks_of(level)[:_SHOWN]]
    return lines


def _series(options: argparse.Namespace) -> int:
    question = ask(
        options.indicator,
        by=options.by,
        dimension=options.dimension,
        category=options.category,
        years=options.year,
        places=options.state,
        states_only=options.states_only,
    )
    answer = answers.series(_rows(options), question)
    _put(writing.to_json(answer) if options.format == "json" else writing.to_csv(answer))
    return 0


def _check(options: argparse.Namespace) -> int:
    doubts = checks.check(_rows(options), places=[code.upper() for code in options.state])
    if options.json:
        _put(writing.to_json([doubt.as_json() for doubt in doubts]))
    else:
        _put("\n".join(f"{doubt.severity}: {doubt.sentence}" for doubt in doubts))
    return 0


def _patterns(options: argparse.Namespace) -> int:
    """Over all places, of each place, and every step of a series that stands out, as JSON."""
    first, last = span(options.year)
    since = first if first < last else last - 1
    rows = _rows(options)
    indicator = ask(options.indicator).indicator
    if indicator and indicator not in (known := answers.indicators(rows)):
        raise UnknownIndicator(given=options.indicator, known=", ".join(known))
    series = patterns.gather(rows, indicator=indicator)
    common = patterns.overall(
        rows, since=since, until=last, indicators=[indicator] if indicator else ()
    )
    told = {
        "since": since,
        "until": last,
        "common": [one.as_json() for one in common],
        "changes": [one.as_json() for one in patterns.changes(series, since=since, until=last)],
        "breaks": [one.as_json() for one in patterns.breaks(series) if one.beyond_chance],
    }
    _put(writing.to_json(told))
    return 0


def _table(options: argparse.Namespace) -> int:
    if options.name is None:
        _put("\n".join(f"{name:30} {tables.above(name)[0]}" for name in tables.names()))
        return 0
    name, language = options.name, options.language
    populations = read_populations(options.population) if options.population else None
    title, *_rest = above = tables.above(name, language, populations=populations)
    answer = tables.table(
        _rows(options),
        name,
        years=span(options.year) if options.year else None,
        places=tuple(code.upper() for code in options.state),
        states_only=options.states_only,
        populations=populations,
    )
    if options.format == "sdmx":
        sdg = tables.definition(name).expression == "sdg"
        _put(sdmx.table_as_sdmx(answer, name=name, above=above, sdg=sdg), options.output)
    elif options.format == "xlsx":
        told = labels.in_words(answer, language)
        book = writing.to_xlsx(told, above=above, title=title, right_to_left=language == "ar")
        _put(book, options.output)
    elif options.format == "csv":
        _put(writing.to_csv(answer, above=above), options.output)
    else:
        told_whole = {"name": name, "above": above, "records": answer}
        _put(writing.to_json(told_whole), options.output)
    return 0


def _reading(options: argparse.Namespace) -> Reading:
    return Reading(options.file, mapping=mapping.load(options.mapping) if options.mapping else None)


def _rows(options: argparse.Namespace) -> Expression:
    """Rows kept before, or read now; a folder stands for all that is kept in it."""
    path: Path = options.file
    if path.is_dir():
        return rows_from(sorted(path.glob("*.parquet")))
    reading = _reading(options)
    if _is_parquet(path) and is_kept(path):
        return rows_from([path])
    rows = rows_in_memory(reading)
    if reading.preview.refused and not options.anyway:
        raise keeping.refusal(reading.preview)
    return rows


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _PARQUET


def _put(text: str | bytes, path: Path | None = None) -> None:
    written = text if isinstance(text, bytes) else f"{text.rstrip()}\n".encode()
    if path is not None:
        path.write_bytes(written)
        return
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
