"""`marsad statistics patterns …`: what changed, and where it is beyond chance."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils.translation import get_language

from marsad.directory.types import OPERATOR
from marsad.statistics.queries import patterns as queries
from marsad.tabulation.errors import UnknownIndicator
from marsad.tabulation.questions import span
from marsad.tabulation.words import known_word, words

HELP = "what changed most, and where it is beyond chance"


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument(
        "--year",
        metavar="YEAR|FIRST-LAST",
        help="a year beside the one before it, or the first and the last; else the newest two",
    )
    parser.add_argument("--indicator", default="", metavar="NAME")
    parser.add_argument("--json", action="store_true")


def handle(options: dict[str, Any], out: OutputWrapper) -> None:
    """Print patterns over many States, then series that stand out, States by their names.

    The operator sees what the Secretariat sees; `openness` says what the public does.
    """
    first, last = span(options["year"]) if options["year"] else (None, None)
    found = queries.patterns(
        since=None if first == last else first,
        until=last,
        indicator=_indicator(options["indicator"]),
        reader=OPERATOR,
        language=(get_language() or "en")[:2],
    )
    if options["json"]:
        changes = queries.changes(since=found.since, until=found.until, reader=OPERATOR)
        wanted = _word(options["indicator"])
        told = {
            **found.as_json(),
            "changes": [each.as_json() for each in changes if wanted in ("", each.indicator)],
        }
        out.write(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return
    out.write(f"{found.since}–{found.until}")
    for each in found.common:
        out.write(f"{'*' if each.verdict == 'beyond' else ' '} {each.says}")
        out.write(f"      {each.stands_on} {each.judged}")
    for signal in found.signals:
        out.write(f"! {signal.place_label}: {signal.says} {signal.judged} {signal.status}")


def _word(given: str) -> str:
    known = known_word("indicator", given) if given else None
    return known.word if known else ""


def _indicator(given: str) -> str:
    if not given:
        return ""
    known = known_word("indicator", given)
    if known is None:
        raise UnknownIndicator(
            given=given, known=", ".join(each.word for each in words("indicator"))
        )
    return known.code
