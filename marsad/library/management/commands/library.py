"""`marsad library …`: the library from the command line, for scripts and for people.

Whoever runs it works at the machine itself and sees the whole shelf. Words come in English unless
`--reader` says otherwise, so that scripts can rely on them; texts come in their own language.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from marsad import reading
from marsad.directory.types import OPERATOR
from marsad.library import exports, problems
from marsad.library.actions import arrival as arrivals
from marsad.library.actions import remaking
from marsad.library.queries import arrival as arrival_queries
from marsad.library.queries import document as documents
from marsad.library.queries import doubt as doubts
from marsad.library.queries import quality as qualities
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries import search as searches
from marsad.library.queries.export import DOCUMENT_FORMATS, document_file
from marsad.library.words import Access
from marsad.problems import Problem


class Command(BaseCommand):
    help = "Add documents to the library, list and show them, and read what was recommended."
    requires_migrations_checks = False
    # `make check` makes them: here a script would wait for all pages to be loaded, every time.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", metavar="COMMAND", required=True)
        _add_parser(does, "add", self.add, _add_arguments, "read files and put them on the shelf")
        _add_parser(does, "list", self.list, _list_arguments, "what is on the shelf")
        _add_parser(does, "show", self.show, _show_arguments, "one document")
        _add_parser(
            does,
            "recommendations",
            self.recommendations,
            _recommendation_arguments,
            "the index and compilation of recommendations",
        )
        _add_parser(does, "search", self.search, _search_arguments, "search the passages")
        _add_parser(
            does, "review", self.review, _review_arguments, "places where a text is in doubt"
        )
        _add_parser(
            does,
            "reread",
            self.reread,
            _reread_arguments,
            "read documents again with today's engine; what people decided stays",
        )
        _add_parser(does, "quality", self.quality, _list_arguments, "which needs a better copy")

    def handle(self, *args: Any, **options: Any) -> None:
        perform: Callable[..., None] = options["perform"]
        with translation.override(options["reader"]):
            perform({name: _readable(name, typed) for name, typed in options.items()})

    # ── add ──────────────────────────────────────────────────────────────────────────────────────
    def add(self, options: dict[str, Any]) -> None:
        """Read each file; one that cannot be read does not stop the others."""
        outcomes = [self._add_one(Path(file), options=options) for file in options["files"]]
        if options["json"]:
            self._print_json(outcomes)
        else:
            for outcome in outcomes:
                self._tell(outcome)
        if any(outcome["problem"] for outcome in outcomes):
            sys.exit(1)

    def _add_one(self, path: Path, *, options: dict[str, Any]) -> dict[str, Any]:
        try:
            arrived = arrivals.receive_and_read(
                data=_bytes_of(path),
                name=_shown(path.name),
                language=options["language"],
                access=Access.RESTRICTED if options["open_to"] else Access.PUBLIC,
                open_to_roles=options["open_to"],
                by=OPERATOR,
                at=timezone.now(),
            )
            return arrival_queries.outcome(reader=OPERATOR, key=arrived.key)
        except Problem as problem:
            return {
                "file": _shown(path.name),
                "problem": str(problem),
                "code": problem.code,
                "id": problem.details.get("document"),
            }

    def _tell(self, outcome: dict[str, Any]) -> None:
        if outcome["problem"]:
            self.stderr.write(f"{outcome['file']}: {outcome['problem']}")
            return
        found = ", ".join(f"{count} {what}" for what, count in outcome["found"].items() if count)
        self.stdout.write(f"{outcome['id']}  {outcome['symbol'] or '-'}  {outcome['title']}")
        self.stdout.write(f"    {outcome['file']}: {found}")
        for doubt in outcome["needs_a_person"]:
            self.stdout.write(f"    ? {doubt}")

    # ── list, show ───────────────────────────────────────────────────────────────────────────────
    def list(self, options: dict[str, Any]) -> None:
        cards = documents.shelf(
            reader=OPERATOR, choice=documents.ListChoice(), language=options["reader"]
        )
        if options["json"]:
            self._print_json([{"id": card.key, **_without_key(asdict(card))} for card in cards])
            return
        for card in cards:
            self.stdout.write(
                f"{card.key}  {card.symbol or '-':28}  {card.year or '-':>4}  "
                f"{'/'.join(card.languages):8}  {card.paragraph_count:>4}  "
                f"{card.recommendation_count:>3}  {card.title[:90]}"
            )

    def show(self, options: dict[str, Any]) -> None:
        made = document_file(
            reader=OPERATOR,
            key=options["document"],
            format=options["format"],
            language=options["language"],
        )
        self._give(made, to=options["out"])

    # ── recommendations, search ──────────────────────────────────────────────────────────────────
    def recommendations(self, options: dict[str, Any]) -> None:
        choice = recommendations.Choice(
            theme=options["theme"],
            addressee=options["addressee"],
            strength=options["strength"],
            year=options["year"],
            body=options["body"],
            provision=options["provision"],
            document=options["document"],
            group_by=options["group_by"],
        )
        compiled = recommendations.compilation(
            reader=OPERATOR, choice=choice, language=options["reader"], on=timezone.localdate()
        )
        self._give(exports.compilation(compiled, format=options["format"]), to=options["out"])

    def search(self, options: dict[str, Any]) -> None:
        found = searches.search(
            reader=OPERATOR,
            typed=" ".join(options["query"]),
            filters=searches.Filters(language=options["language"]),
            most=options["most"],
        )
        if options["json"]:
            self._print_json(
                {
                    "count": found.count,
                    "more": found.more,
                    "hits": [_hit(hit) for hit in found.hits],
                }
            )
            return
        self.stdout.write(f"{found.count}{'+' if found.more else ''}")
        for hit in found.hits:
            text = "".join(piece for piece, _is_hit in hit.snippet.parts)
            where = f"{hit.document_symbol or hit.document_key}#{hit.anchor}"
            self.stdout.write(f"{where}\n    {' '.join(text.split())}")

    # ── doubtful places, better readings, quality ────────────────────────────────────────────────
    def review(self, options: dict[str, Any]) -> None:
        found = doubts.review(
            reader=OPERATOR,
            choice=doubts.Choice(
                document=options["document"],
                kind=options["kind"],
                state=doubts.ALL if options["all"] else doubts.OPEN,
            ),
            most=options["most"],
        )
        if options["json"]:
            self._print_json(
                {
                    "settled": found.settled,
                    "total": found.total,
                    "places": [asdict(card) for card in found.cards],
                }
            )
            return
        self.stdout.write(f"{found.settled}/{found.total}")
        for card in found.cards:
            where = f"{card.document_symbol or card.document_key}:{card.line}"
            place = card.place.label if card.place else ""
            self.stdout.write(f"{where}  {place}  {card.kind}  {card.confidence:.0%}")
            self.stdout.write(f"    {card.before}[{card.now}]{card.after}")
            for candidate in card.candidates:
                self.stdout.write(f"    ? {candidate}")

    def reread(self, options: dict[str, Any]) -> None:
        """Read each again at once; one that cannot be read does not stop the others."""
        named = options["documents"]
        if options["all"]:
            named = [
                card.key
                for card in documents.shelf(
                    reader=OPERATOR, choice=documents.ListChoice(), language=options["reader"]
                )
            ]
        outcomes = [
            remaking.read_again(document=key, by=OPERATOR, at=timezone.now()) for key in named
        ]
        if options["json"]:
            self._print_json([asdict(outcome) for outcome in outcomes])
        for outcome in outcomes:
            if not options["json"]:
                self.stdout.write(f"{outcome.key}  {outcome.title}")
                self.stdout.write(f"    {outcome.made} made anew{_fault(outcome.fault)}")
        if any(outcome.fault for outcome in outcomes):
            sys.exit(1)

    def quality(self, options: dict[str, Any]) -> None:
        rows = qualities.shelf(reader=OPERATOR)
        if options["json"]:
            self._print_json([asdict(row) for row in rows])
            return
        for row in rows:
            self.stdout.write(
                f"{row.symbol or row.document_key:28}  {row.before:6.1%} → {row.after:6.1%}  "
                f"{row.open:>4} open  {row.title[:80]}"
            )

    # ── saying it ────────────────────────────────────────────────────────────────────────────────
    def _print_json(self, value: object) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str))

    def _give(self, made: exports.Exported, *, to: str) -> None:
        if to:
            Path(to).write_bytes(made.data)
        else:
            sys.stdout.buffer.write(made.data)
            sys.stdout.buffer.flush()


def _fault(fault: str) -> str:
    return f", the rest left as it was: {fault}" if fault else ""


def _bytes_of(path: Path) -> bytes:
    """The file's bytes, one more than the limit at most: enough to refuse it by its size.

    :raises CannotOpen: if it is not there, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(reading.Limits().size + 1)
    except OSError as fault:
        raise problems.CannotOpen(name=_shown(str(path)), reason=fault.strerror) from fault


def _shown(name: str) -> str:
    """A name as it can be printed and kept: its bytes need not be text in any encoding."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def _readable(name: str, typed: Any) -> Any:
    """What was typed, as text. The names of files stay as they are: files are opened by them."""
    if name in ("files", "out"):
        return typed
    if isinstance(typed, list):
        return [_readable(name, each) for each in typed]
    return _shown(typed) if isinstance(typed, str) else typed


def _hit(hit: Any) -> dict[str, Any]:
    said = asdict(hit)
    said["snippet"] = "".join(piece for piece, _is_hit in hit.snippet.parts)
    return {"id": said.pop("document_key"), **said}


def _without_key(card: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in card.items() if name != "key"}


def _add_parser(
    does: Any,
    name: str,
    perform: Callable[[dict[str, Any]], None],
    arguments: Callable[[ArgumentParser], None],
    says: str,
) -> None:
    parser = does.add_parser(name, help=says, description=says)
    parser.set_defaults(perform=perform)
    parser.add_argument(
        "--reader", default="en", choices=["ar", "en"], help="language of labels and messages"
    )
    arguments(parser)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--language", default="", help="of the text; the text tells when not given")
    parser.add_argument(
        "--open-to",
        action="append",
        default=[],
        metavar="ROLE",
        help="restrict the documents to this role; may be given again",
    )
    parser.add_argument("--json", action="store_true")


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="id or symbol")
    parser.add_argument("--format", default="text", choices=DOCUMENT_FORMATS)
    parser.add_argument("--language", default="", help="version to show")
    parser.add_argument("--out", default="", metavar="FILE")


def _recommendation_arguments(parser: ArgumentParser) -> None:
    for name in ("theme", "addressee", "strength", "body", "provision", "document"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--year", type=int)
    parser.add_argument("--group-by", default="", choices=["", "theme", "meeting"])
    parser.add_argument("--format", default="text", choices=list(exports.FORMATS))
    parser.add_argument("--out", default="", metavar="FILE")


def _search_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--language", default="")
    parser.add_argument("--most", type=int, default=20)
    parser.add_argument("--json", action="store_true")


def _review_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--document", default="", help="id or symbol; the whole shelf without it")
    parser.add_argument("--kind", default="")
    parser.add_argument("--all", action="store_true", help="settled places too")
    parser.add_argument("--most", type=int, default=50)
    parser.add_argument("--json", action="store_true")


def _reread_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("documents", nargs="*", metavar="DOCUMENT", help="id or symbol")
    parser.add_argument("--all", action="store_true", help="the whole shelf")
    parser.add_argument("--json", action="store_true")
