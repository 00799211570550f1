"""What the analysts of the demonstration did: themes, coded passages, findings, practices."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from marsad.directory.types import Person
from marsad.review.actions import report as reports
from marsad.review.demonstration.answering import written_by
from marsad.review.demonstration.data import Passage, Plan, plans, table
from marsad.review.demonstration.setting import Setting
from marsad.review.models import Answer, Coding, Finding, Invitation, Practice, Round, Theme
from marsad.review.queries.round import end_of
from marsad.review.types.report import Front
from marsad.review.words import PracticeState

#: How much of what was marked each analyst codes, and how often the second sees it otherwise.
_CODES = (0.9, 0.75)
_SHIFTS = 0.2
_DIFFERS = 0.1


def analyse(made: Round, *, earlier: Round, setting: Setting) -> None:
    """Lay down the themes, the coded passages, the findings and the practices of a round."""
    themes = _themes(made, setting=setting)
    Coding.objects.bulk_create(_codings(made, themes, setting=setting))
    _findings(made, themes, earlier=earlier, setting=setting)
    for row in table("replies")["practice"]:
        _practice(made, row, themes, setting=setting)
    _report(made, setting=setting)


def _report(made: Round, *, setting: Setting) -> None:
    """A report that was begun yesterday: laid out, with live figures, for an analyst to go on."""
    told = table("rounds")["report"]
    day = setting.day(told["meets"])
    words = told["front"]
    reports.begin(
        round_key=made.key,
        titles=told["titles"],
        symbol=told["symbol"].format(year=day.year),
        front=Front(
            body=words["body"],
            parent_body=words["parent_body"],
            session=words["session"],
            place=words["place"],
            starts_on=day,
            ends_on=setting.day(told["meets"] + 2),
            agenda_item=words["agenda_item"],
            agenda_item_title=words["agenda_item_title"],
            dated_on=setting.day(0),
            original_language="ar",
        ),
        # Of what is known today; the cut-off is still to come.
        as_at=end_of(setting.day(-1)),
        by=setting.cast.analysts[0],
        at=setting.moment(-1),
    )


def _themes(made: Round, *, setting: Setting) -> dict[str, Theme]:
    """The list of the demonstration; themes that the round has already keep their places."""
    themes = {each.code: each for each in made.themes.all()}
    for ordinal, row in enumerate(table("rounds")["theme"], start=len(themes) + 1):
        code = row["code"]
        if code in themes:
            continue
        parent = code.partition(".")[0]
        themes[code] = Theme.objects.create(
            round=made,
            code=code,
            labels=row["labels"],
            parent=themes.get(parent) if parent != code else None,
            section=setting.path(row["section"]) if "section" in row else "",
            ordinal=ordinal,
        )
    return themes


# ── passages ─────────────────────────────────────────────────────────────────────────────────────
def _codings(made: Round, themes: Mapping[str, Theme], *, setting: Setting) -> Iterator[Coding]:
    """Passages of answers that were sent and that analysts may read, by both of them."""
    readable = {
        (each.reply.invitation.state_id, each.path, tuple(each.position)): each
        for each in Answer.objects.filter(
            reply__invitation__round=made,
            reply__submitted_at__isnull=False,
            ended_at__isnull=True,
            is_confidential=False,
        ).select_related("reply__invitation")
    }
    for plan in plans():
        if plan.sent is None:
            continue
        for each in written_by(plan, setting=setting):
            answer = readable.get((plan.state, each.path, each.position))
            # What was updated since is coded anew by a person.
            if answer is None or answer.value != each.value:
                continue
            for passage in each.passages:
                yield from _by_both(answer, passage, plan, themes, setting=setting)


def _by_both(
    answer: Answer, passage: Passage, plan: Plan, themes: Mapping[str, Theme], *, setting: Setting
) -> Iterator[Coding]:
    for number, (analyst, share) in enumerate(zip(setting.cast.analysts, _CODES, strict=False)):
        drawn = Random(f"{plan.state} {answer.path} {passage.start} {number}")  # noqa: S311
        if drawn.random() < share:
            seen = passage if number == 0 else _otherwise(answer, passage, drawn, themes)
            at = setting.moment(min(-2, (plan.sent or 0) + drawn.randint(4, 30)), drawn=drawn)
            yield _coding(answer, seen, analyst, themes, at=at)


def _otherwise(
    answer: Answer, passage: Passage, drawn: Random, themes: Mapping[str, Theme]
) -> Passage:
    """How the second analyst sees a passage: mostly alike, at times longer, at times another."""
    start, theme = passage.start, passage.theme
    if drawn.random() < _SHIFTS:
        start = max(0, answer.value.rfind(" ", 0, max(0, start - 1)) + 1)
    if drawn.random() < _DIFFERS:
        parent = theme.partition(".")[0]
        near = {code for code in themes if code == parent or code.startswith(f"{parent}.")}
        theme = drawn.choice(sorted(near))
    return Passage(start=start, end=passage.end, theme=theme)


def _coding(
    answer: Answer, passage: Passage, analyst: Person, themes: Mapping[str, Theme], *, at: Any
) -> Coding:
    return Coding(
        key=secrets.token_hex(8),
        answer=answer,
        start=passage.start,
        end=passage.end,
        theme=themes[passage.theme],
        analyst=analyst,
        at=at,
    )


# ── findings and practices ───────────────────────────────────────────────────────────────────────
def _findings(
    made: Round, themes: Mapping[str, Theme], *, earlier: Round, setting: Setting
) -> None:
    for ordinal, row in enumerate(table("rounds")["finding"], start=1):
        Finding.objects.create(
            key=secrets.token_hex(8),
            round=made,
            theme=themes[row["theme"]],
            kind=row["kind"],
            words=row["words"],
            figures={
                name: _query(query, earlier=earlier, setting=setting)
                for name, query in row.get("figures", {}).items()
            },
            ordinal=ordinal,
            made_at=setting.moment(-2),
            made_by=setting.cast.analysts[0],
        )


def _query(query: Mapping[str, Any], *, earlier: Round, setting: Setting) -> dict[str, Any]:
    """A figure's query with what the file cannot know: the path, the key of the earlier round."""
    found = dict(query) | {"path": setting.path(query["path"])}
    if "changed_since" in found:
        found["changed_since"] = earlier.key
    return found


def _practice(
    made: Round, row: Mapping[str, Any], themes: Mapping[str, Theme], *, setting: Setting
) -> None:
    line = Invitation.objects.get(round=made, state=row["state"])
    decided = row.get("verified", row.get("declined"))
    state = PracticeState.PROPOSED
    if decided is not None:
        state = PracticeState.VERIFIED if "verified" in row else PracticeState.DECLINED
    Practice.objects.create(
        key=secrets.token_hex(8),
        invitation=line,
        answer=Answer.objects.filter(
            reply__invitation=line, path=setting.path(row["question"]), ended_at__isnull=True
        ).first(),
        theme=themes[row["theme"]],
        titles=row["titles"],
        texts=row["texts"],
        effect=row["effect"],
        evidence=row.get("evidence", {}),
        state=state,
        proposed_at=setting.moment(row["on"]),
        proposed_by=setting.cast.analysts[0],
        decided_at=None if decided is None else setting.moment(decided),
        declined_because=row.get("because", ""),
    )
