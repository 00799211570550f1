"""Every figure of a round, counted now: text for reading, JSON for programs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader
from marsad.directory.types import OPERATOR
from marsad.review import invented, telling
from marsad.review.queries import finding as findings
from marsad.review.queries import rights
from marsad.review.queries.round import in_language

HELP = "Count every figure of a round, and say the findings in words."


def add_arguments(parser: ArgumentParser) -> None:
    """`ROUND [--json] [--at MOMENT]`."""
    parser.add_argument("round", help="key of the round")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--at", type=_moment, help="as at this day or moment, e.g. 2026-07-31")


def _moment(written: str) -> datetime:
    given = datetime.fromisoformat(written)
    return given if timezone.is_aware(given) else timezone.make_aware(given)


def handle(options: Mapping[str, Any], out: OutputWrapper) -> None:
    """Print what may be published: nothing that is for the Secretariat only is in it."""
    language = (get_language() or "en")[:2]
    round_ = rights.round_for(OPERATOR, key=options["round"])
    given = {"reader": OPERATOR, "round_": round_, "language": language, "at": options["at"]}
    sheet = findings.sheet(**given)
    said = findings.listed(**given)
    if options["json"]:
        told = {
            "title": in_language(round_.titles, language),
            "is_invented": round_.is_invented,
            "at": sheet.at.isoformat(),
            **sheet.data,
            "findings": [
                {
                    "key": each.key,
                    "kind": each.kind,
                    "language": each.language,
                    "words": "".join(span.text for span in each.spans),
                    "figures": {name: figure.as_data() for name, figure in each.figures.items()},
                }
                for each in said
            ],
        }
        out.write(json.dumps(told, ensure_ascii=False, indent=1))
        return
    out.write(in_language(round_.titles, language))
    if round_.is_invented:
        out.write(str(invented.SENTENCE))
    out.write(_("As at {moment}.").format(moment=for_reader().moment(sheet.at)))
    for each in said:
        out.write(f"* {''.join(span.text for span in each.spans)}")
    question = ""
    for line in findings.lines(**given):
        if line.question != question:
            question = line.question
            out.write(f"\n{question}")
        out.write(f"  {line.answer}: {telling.words(line.figure, language)}")


__all__ = ["HELP", "add_arguments", "handle"]
