"""`marsad questionnaires …`: check and publish forms from the command line, and take answers away.

Whoever runs it works at the machine itself. Words come in English unless `--reader` says otherwise.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from marsad.directory import queries as directory
from marsad.directory.types import OPERATOR
from marsad.problems import Problem
from marsad.questionnaires import problems
from marsad.questionnaires.actions import questionnaire as actions
from marsad.questionnaires.compiling import BrokenForm, Fault, annotate, faults_of
from marsad.questionnaires.exports import answers as answer_exports
from marsad.questionnaires.exports import form as exports
from marsad.questionnaires.queries import questionnaire as queries
from marsad.questionnaires.queries import submission as submissions


class Command(BaseCommand):
    help = "Check and publish questionnaires, list them, and take forms and answers away."
    requires_migrations_checks = False
    # `make check` makes them: here a script would wait for all pages to be loaded, every time.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", metavar="COMMAND", required=True)
        _add_parser(does, "check", self.check, _check_arguments, "what is wrong with a workbook")
        _add_parser(
            does, "publish", self.publish, _publish_arguments, "upload workbooks and publish them"
        )
        _add_parser(does, "list", self.list, _list_arguments, "the questionnaires there are")
        _add_parser(does, "show", self.show, _show_arguments, "a form as a file")
        _add_parser(
            does, "answers", self.answers, _answers_arguments, "what was answered to a form"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        perform: Callable[[dict[str, Any]], None] = options["perform"]
        with translation.override(options["reader"]):
            perform(options)

    # ── check ────────────────────────────────────────────────────────────────────────────────────
    def check(self, options: dict[str, Any]) -> None:  # type: ignore[override]
        """Tell every fault of a workbook; end with 1 where it cannot be published."""
        path = Path(options["file"])
        data = _bytes_of(path)
        faults = faults_of(data)
        broken = any(not fault.is_warning for fault in faults)
        if options["out"]:
            rtl = translation.get_language_bidi()
            Path(options["out"]).write_bytes(annotate(data, faults, rtl=rtl))
        if options["json"]:
            told = {"file": _shown(path.name), "faults": [fault.as_data() for fault in faults]}
            self._print_json(told)
        else:
            self._tell(path, faults)
        if broken:
            sys.exit(1)

    def _tell(self, path: Path, faults: Any) -> None:
        for fault in faults:
            self.stdout.write(_line(fault))
            self.stdout.write(f"    {fault.remedy}")
        wrong = sum(not fault.is_warning for fault in faults)
        self.stdout.write(f"{_shown(path.name)}: {wrong} faults, {len(faults) - wrong} warnings")

    # ── publish ──────────────────────────────────────────────────────────────────────────────────
    def publish(self, options: dict[str, Any]) -> None:
        """Upload each workbook and publish it; one that cannot be does not stop the others."""
        body = directory.body(name=options["body"]) if options["body"] else None
        outcomes = [
            self._publish_one(Path(file), body=body, draft=options["draft"])
            for file in options["files"]
        ]
        if options["json"]:
            self._print_json(outcomes)
        if any(outcome["problem"] for outcome in outcomes):
            sys.exit(1)

    def _publish_one(self, path: Path, *, body: Any, draft: bool) -> dict[str, Any]:
        now = timezone.now()
        told: dict[str, Any] = {"file": _shown(path.name), "problem": None}
        try:
            version = actions.upload(
                data=_bytes_of(path), file_name=_shown(path.name), body=body, by=OPERATOR, at=now
            )
            if not draft:
                version = actions.publish(key=version.key, by=OPERATOR, at=now)
        except Problem as problem:
            self.stderr.write(f"{told['file']}: {problem}")
            for fault in problem.faults if isinstance(problem, BrokenForm) else ():
                if not fault.is_warning:
                    self.stderr.write(f"    {_line(fault)}")
            return told | {"problem": str(problem), "code": problem.code}
        form_id = version.questionnaire.form_id
        self.stdout.write(f"{version.key}  {form_id}  {version.version}  {version.state}")
        return told | {
            "id": version.questionnaire.key,
            "version_id": version.key,
            "form_id": form_id,
            "version": version.version,
            "state": version.state,
        }

    # ── list, show ───────────────────────────────────────────────────────────────────────────────
    def list(self, options: dict[str, Any]) -> None:
        cards = queries.listed(reader=OPERATOR, language=options["reader"])
        if options["json"]:
            self._print_json(
                [
                    {
                        "id": card.key,
                        "form_id": card.form_id,
                        "title": card.title,
                        "languages": list(card.languages),
                        "questions": card.question_count,
                        "state": card.state.value,
                        "version": card.version,
                    }
                    for card in cards
                ]
            )
            return
        for card in cards:
            self.stdout.write(
                f"{card.key}  {card.form_id:24}  {card.version or '-':12}  {card.state.value:10}"
                f"  {card.question_count:>5}  {card.title[:80]}"
            )

    def show(self, options: dict[str, Any]) -> None:
        content = queries.current(reader=OPERATOR, key=options["name"])
        made = exports.form_file(
            reader=OPERATOR,
            key=content.key,
            format=options["format"],
            language=options["language"] or options["reader"],
        )
        if options["out"]:
            Path(options["out"]).write_bytes(made.data)
            self.stdout.write(f"{options['out']}  {len(made.data)}")
            return
        sys.stdout.buffer.write(made.data)
        sys.stdout.flush()

    # ── answers ──────────────────────────────────────────────────────────────────────────────────
    def answers(self, options: dict[str, Any]) -> None:
        """Write what was answered, without names: wherever the form was asked, or in one asking."""
        versions, found = submissions.of_form(name=options["name"])
        questions = {
            question.path: question
            for key in versions
            for question in queries.questions(reader=OPERATOR, key=key, language=options["reader"])
        }
        laid_out = answer_exports.lay_out(
            title=options["name"],
            language=options["reader"],
            questions=list(questions.values()),
            submissions=found,
        )
        made = answer_exports.write(laid_out, format=options["format"])
        if options["out"]:
            Path(options["out"]).write_bytes(made.data)
            self.stdout.write(f"{options['out']}  {len(laid_out.submissions)}")
            return
        sys.stdout.buffer.write(made.data)
        sys.stdout.flush()

    def _print_json(self, told: Any) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _line(fault: Fault) -> str:
    """`survey!E12 (relevant): …`, as compilers and editors name a place."""
    place = fault.cell or (str(fault.row) if fault.row else "")
    where = "!".join(part for part in (fault.sheet, place) if part)
    column = f" ({fault.column})" if fault.column else ""
    kind = "warning" if fault.is_warning else "fault"
    return f"{where or '-'}{column}: {kind}: {fault.says}"


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise problems.CannotOpen(name=_shown(str(path)), reason=fault.strerror) from fault


def _shown(name: str) -> str:
    """A name as it can be printed and kept: its bytes need not be text in any encoding."""
    return os.fsencode(name).decode("utf-8", errors="replace")


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


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.xlsx")
    parser.add_argument("--out", default="", metavar="MARKED.xlsx", help="write the faults into it")
    parser.add_argument("--json", action="store_true")


def _publish_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE.xlsx")
    parser.add_argument("--body", default="", help="whose it is; the house's own when not given")
    parser.add_argument("--draft", action="store_true", help="keep it as a draft")
    parser.add_argument("--json", action="store_true")


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="form id, or key")
    parser.add_argument("--format", default="json", choices=list(exports.FORMATS))
    parser.add_argument("--language", default="", help="of the PDF")
    parser.add_argument("--out", default="", metavar="FILE")


def _answers_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "name", metavar="NAME", help="form id; or the id it has in one asking, as phones list it"
    )
    parser.add_argument("--format", default="csv", choices=list(answer_exports.FORMATS))
    parser.add_argument("--out", default="", metavar="FILE")
