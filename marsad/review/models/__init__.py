"""Rounds, replies, findings, reports."""

from marsad.review.models.finding import Coding, Finding, Practice, Theme
from marsad.review.models.mailing import Mailing
from marsad.review.models.reply import Answer, Part, Presence, Remark, Reply, Upload
from marsad.review.models.report import Block, Report
from marsad.review.models.round import Analyst, Invitation, Note, Round

__all__ = [
    "Analyst",
    "Answer",
    "Block",
    "Coding",
    "Finding",
    "Invitation",
    "Mailing",
    "Note",
    "Part",
    "Practice",
    "Presence",
    "Remark",
    "Reply",
    "Report",
    "Round",
    "Theme",
    "Upload",
]
