"""What is said about answers: questions of the Secretariat, and talk among those who draft."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from marsad.directory.types import Body, Role
from marsad.review.demonstration.data import table
from marsad.review.demonstration.setting import Setting
from marsad.review.models import Part, Remark, Reply, Round
from marsad.review.words import RemarkKind


def talk(made: Round, *, setting: Setting) -> None:
    """Remarks, clarifications with what States responded, and who has which section."""
    replies = {
        each.invitation.state_id: each
        for each in Reply.objects.filter(invitation__round=made).select_related("invitation")
    }
    told = table("replies")
    for row in told["clarification"]:
        _clarify(replies[row["state"]], row, setting=setting)
    for row in told["remark"]:
        _remark(
            replies[row["state"]],
            kind=RemarkKind.REMARK,
            path=setting.path(row["question"]),
            text=row["text"],
            at=setting.moment(row["on"]),
            by=setting.cast.people[row["by"]],
        )
    for row in told["part"]:
        _part(replies[row["state"]], row, setting=setting)


def _remark(reply: Reply, **what: Any) -> Remark:
    return Remark.objects.create(key=secrets.token_hex(8), reply=reply, **what)


def _clarify(reply: Reply, row: Mapping[str, Any], *, setting: Setting) -> None:
    answered = setting.moment(row["answered"]) if "answered" in row else None
    is_settled = row.get("is_settled", False)
    path = setting.path(row["question"])
    asked = _remark(
        reply,
        kind=RemarkKind.CLARIFICATION,
        path=path,
        text=row["text"],
        at=setting.moment(row["on"]),
        by=setting.cast.officer,
        settled_at=setting.moment(row["answered"] + 1) if is_settled else None,
        settled_by=setting.cast.officer if is_settled else None,
    )
    if answered is not None:
        _remark(
            reply,
            kind=RemarkKind.RESPONSE,
            path=path,
            text=row["response"],
            on=asked,
            at=answered,
            by=setting.cast.focal_points.get(row["state"]),
        )


def _part(reply: Reply, row: Mapping[str, Any], *, setting: Setting) -> None:
    holder = setting.cast.people[row["body"]]
    clears = setting.cast.focal_points[row["state"]]
    role = Role.FOCAL_POINT if holder == clears else Role.EXPERT
    body = Body.objects.filter(memberships__person=holder, memberships__role=role).first()
    assert body is not None, "the people of a demonstration hold their roles"
    is_ready = row.get("is_ready", False)
    Part.objects.create(
        reply=reply,
        section=setting.path(row["section"]),
        body=body,
        assigned_at=reply.begun_at,
        assigned_by=clears,
        ready_at=setting.moment(-5) if is_ready else None,
        ready_by=holder if is_ready else None,
    )
