"""`marsad review list|open|send|status|…`: rounds from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marsad.directory.types import OPERATOR, UnGroup
from marsad.problems import Problem
from marsad.questionnaires.queries import questionnaire as questionnaires
from marsad.review import invented, register_files
from marsad.review.actions import note as notes
from marsad.review.actions import round as actions
from marsad.review.actions import told
from marsad.review.queries import note as note_queries
from marsad.review.queries import register as registers
from marsad.review.queries import rights
from marsad.review.queries import round as rounds
from marsad.review.types.round import RoundCard

Perform = Callable[[dict[str, Any], TextIO], None]


# ── what each does ───────────────────────────────────────────────────────────────────────────────
def _list(options: dict[str, Any], out: TextIO) -> None:
    cards = rounds.listed(reader=OPERATOR, language=options["reader"])
    if options["json"]:
        _print_json([_card_as_data(card) for card in cards], out)
        return
    for card in cards:
        _tell(card, out)


def _open(options: dict[str, Any], out: TextIO) -> None:
    """Open a round that is prepared, or prepare one, invite and open it in one go."""
    now = timezone.now()
    key = options["round"]
    if not key:
        key = _prepare(options)
        if options["states"]:
            actions.invite(key=key, states=_states(options), by=OPERATOR, at=now)
    actions.open_round(key=key, by=OPERATOR, at=now)
    if options["send"]:
        notes.send(round_key=key, by=OPERATOR, at=now, address=options["address"])
    _show(key, options, out)


def _prepare(options: dict[str, Any]) -> str:
    form = options["form"]
    with suppress(Problem):  # else it is the key of a version; the action says if it is not
        form = questionnaires.current(reader=OPERATOR, key=form).key
    languages = options["languages"].split(",")
    made = actions.prepare(
        titles={"ar": options["title_ar"], "en": options["title_en"]},
        mandate={"ar": options["mandate_ar"], "en": options["mandate_en"]},
        form_key=form,
        languages=languages,
        due_on=options["due"],
        second_due_on=options["second"],
        cut_off_on=options["cut_off"],
        mandate_document=options["mandate_document"],
        is_invented=options["invented"],
        by=OPERATOR,
        at=timezone.now(),
    )
    return made.key


def _states(options: dict[str, Any]) -> list[str]:
    """Codes; `all` for all member States, or the code of a regional group."""
    found: list[str] = []
    for named in options["states"].split(","):
        word = named.strip()
        if word == "all" or word in UnGroup.values:
            region = "" if word == "all" else word
            found += registers.members(is_invented=options["invented"], region=region)
        else:
            found.append(word)
    return found


def _send(options: dict[str, Any], out: TextIO) -> None:
    written = notes.send(
        round_key=options["round"],
        ordinal=2 if options["second"] else 1,
        by=OPERATOR,
        at=timezone.now(),
        address=options["address"],
    )
    if options["now"]:
        notes.mail_notes(round_id=written[0].round_id, at=timezone.now())
    _show(options["round"], options, out)


def _status(options: dict[str, Any], out: TextIO) -> None:
    _show(options["round"], options, out)


def _show(key: str, options: dict[str, Any], out: TextIO) -> None:
    """The round, how many States stand how, and how far its mails have come."""
    round_ = rights.round_for(OPERATOR, key=key)
    language = options["reader"]
    card = rounds.card(reader=OPERATOR, round_=round_, language=language)
    register = registers.register(reader=OPERATOR, round_=round_, language=language)
    sending = note_queries.sending(round_)
    if options["json"]:
        _print_json(
            {
                **_card_as_data(card),
                "of": register.of,
                "replied": register.replied,
                "counts": {each.standing: each.count for each in register.counts},
                "notes": {
                    "written": sending.written,
                    "mailed": sending.mailed,
                    "waiting": sending.waiting,
                    "by_hand": sending.by_hand,
                    "kept": sending.kept,
                },
                "states": {line.iso2: line.standing for line in register.lines},
            },
            out,
        )
        return
    _tell(card, out)
    print(_("{n} of {of} States replied").format(n=register.replied, of=register.of), file=out)
    for each in register.counts:
        if each.count:
            print(f"  {each.count:>4}  {each.words}", file=out)
    if sending.written:
        print(_("{n} of {of} notes mailed").format(n=sending.mailed, of=sending.written), file=out)


def _tell(card: RoundCard, out: TextIO) -> None:
    mark = ""
    if card.is_invented:
        mark = f"  [{invented.MARK}]"
    elif card.is_sample:
        mark = f"  [{_('Sample')}]"
    print(f"{card.key}  {card.standing_words:24}  {card.title}{mark}", file=out)


def _remind(options: dict[str, Any], out: TextIO) -> None:
    done = notes.remind(at=timezone.now(), round_key=options["round"] or "")
    if options["json"]:
        _print_json({"reminded": list(done.states), "kept": list(done.kept)}, out)
        return
    count = len(done.states)
    print(
        ngettext("{count} State was reminded.", "{count} States were reminded.", count).format(
            count=count
        ),
        file=out,
    )
    if done.kept:
        print(_("No mail went out to: {states}").format(states=", ".join(done.kept)), file=out)


def _close(options: dict[str, Any], out: TextIO) -> None:
    actions.close(key=options["round"], by=OPERATOR, at=timezone.now())
    _show(options["round"], options, out)


def _reopen(options: dict[str, Any], out: TextIO) -> None:
    actions.reopen(
        key=options["round"], cut_off_on=options["cut_off"], by=OPERATOR, at=timezone.now()
    )
    _show(options["round"], options, out)


def _tell_round(options: dict[str, Any], out: TextIO) -> None:
    made = told.tell(document=options["document"], by=OPERATOR, at=timezone.now())
    _show(made.key, options, out)


def _export(options: dict[str, Any], out: TextIO) -> None:
    round_ = rights.round_for(OPERATOR, key=options["round"])
    language = options["reader"]
    made = register_files.register_file(
        registers.register(reader=OPERATOR, round_=round_, language=language),
        card=rounds.card(reader=OPERATOR, round_=round_, language=language),
        language=language,
        format="json" if options["json"] else options["format"],
        on=timezone.localdate(),
    )
    if options["out"]:
        Path(options["out"]).write_bytes(made.data)
        print(options["out"], file=out)
        return
    sys.stdout.buffer.write(made.data)
    sys.stdout.flush()


def _card_as_data(card: RoundCard) -> dict[str, Any]:
    return {
        "id": card.key,
        "title": card.title,
        "standing": card.standing.value,
        "questionnaire": card.form_key,
        "languages": list(card.languages),
        "due_on": _day(card.due_on),
        "second_due_on": _day(card.second_due_on),
        "cut_off_on": _day(card.cut_off_on),
        "invited": card.invited,
        "is_invented": card.is_invented,
        "is_sample": card.is_sample,
        "told_by": card.told_by_key,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _print_json(told: Any, out: TextIO) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2), file=out)


# ── arguments ────────────────────────────────────────────────────────────────────────────────────
def _a_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise ArgumentTypeError(_("a day is written 2026-11-22")) from error


def _list_arguments(parser: ArgumentParser) -> None:
    """Nothing besides `--json`."""


def _open_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "round", nargs="?", default="", metavar="ROUND", help="a prepared one; else one is prepared"
    )
    parser.add_argument("--form", default="", help="form id or key of a version")
    for name in ("title", "mandate"):
        for language in ("ar", "en"):
            parser.add_argument(f"--{name}-{language}", default="", metavar="WORDS")
    parser.add_argument("--mandate-document", default="", metavar="DOCUMENT", help="in the library")
    parser.add_argument("--languages", default="ar,en", help="of the notes verbales")
    for name, says in (
        ("due", "the deadline"),
        ("second", "the deadline of the second note"),
        ("cut-off", "the last day for late replies"),
    ):
        parser.add_argument(f"--{name}", type=_a_day, default=None, metavar="DAY", help=says)
    parser.add_argument(
        "--states", default="", help="codes apart by commas; `all`; or a regional group"
    )
    parser.add_argument("--invented", action="store_true", help="among invented States")
    parser.add_argument("--send", action="store_true", help="write the first notes verbales too")
    parser.add_argument("--address", default="", metavar="URL", help="where replies are given")


def _send_arguments(parser: ArgumentParser) -> None:
    _round_argument(parser)
    parser.add_argument("--second", action="store_true", help="the second note")
    parser.add_argument("--address", default="", metavar="URL", help="where replies are given")
    parser.add_argument("--now", action="store_true", help="mail at once, without a worker")


def _round_argument(parser: ArgumentParser) -> None:
    parser.add_argument("round", metavar="ROUND")


def _remind_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("round", nargs="?", default="", metavar="ROUND")


def _reopen_arguments(parser: ArgumentParser) -> None:
    _round_argument(parser)
    parser.add_argument("--cut-off", type=_a_day, default=None, metavar="DAY")


def _tell_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="key or symbol in the library")


def _export_arguments(parser: ArgumentParser) -> None:
    _round_argument(parser)
    parser.add_argument("--format", default="csv", choices=list(register_files.FORMATS))
    parser.add_argument("--out", default="", metavar="FILE")


#: Name → what it does, its arguments, what the help says.
COMMANDS: dict[str, tuple[Perform, Callable[[ArgumentParser], None], str]] = {
    "list": (_list, _list_arguments, "the rounds there are"),
    "open": (_open, _open_arguments, "open a round; prepare it and invite States first if need be"),
    "send": (_send, _send_arguments, "write notes verbales, and mail them"),
    "status": (_status, _round_argument, "how far a round has come"),
    "remind": (_remind, _remind_arguments, "mail the States whose deadline is near, once"),
    "close": (_close, _round_argument, "take no more replies"),
    "reopen": (_reopen, _reopen_arguments, "take replies again"),
    "tell": (_tell_round, _tell_arguments, "take a round from a report in the library"),
    "export": (_export, _export_arguments, "the register as a file"),
}
