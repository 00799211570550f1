"""Reports."""

from __future__ import annotations

from marsad.problems import Invalid, NotFound, Refused, _


class NoSuchReport(NotFound):
    code = "review.report.not-found"
    says = _("There is no such report, or it is not open to you.")


class NoSuchBlock(NotFound):
    code = "review.report.block.not-found"
    says = _("There is no such block in this report. Somebody may have taken it out; look again.")


class ReportPublished(Refused):
    code = "review.report.published"
    says = _("This report was published and stays as it is. Begin a new one to say more.")


class BlockChangedMeanwhile(Refused):
    code = "review.report.block.changed-meanwhile"
    says = _(
        "Somebody else changed this block while you wrote. Nothing of yours was stored yet: "
        "compare the two, and save what is to stand."
    )


class ReportChangedMeanwhile(Refused):
    code = "review.report.changed-meanwhile"
    says = _(
        "Somebody changed this report after you read it, and nothing was done. Read it as it "
        "stands now, then decide once more."
    )


class RoundOnlyTold(Refused):
    code = "review.report.round-told"
    says = _(
        "This round is only told by a document: Marsad holds no answers of it, and no report can "
        "be built on them."
    )


class NothingPublishedYet(NotFound):
    code = "review.report.none"
    says = _("There is no report on this round yet, or none that is open to you.")


class ReportTitleMissing(Invalid):
    code = "review.report.no-title"
    says = _("Give the report a title in each language of the round: {languages}.")


class WordsMissing(Refused):
    code = "review.report.words-missing"
    says = _(
        "Paragraph {paragraph} has no words in {language}. A report is published in every language "
        "of its round: write them, or take the block out."
    )


class NotSeenYet(Refused):
    code = "review.report.warnings-not-seen"
    says = _(
        "The report has {count} warnings. Read them on the page of the report, and confirm that it "
        "is to be published with them."
    )


class NotQuotable(Refused):
    code = "review.report.not-quotable"
    says = _(
        "This answer cannot be quoted: only what a State cleared for publication, and does not "
        "keep confidential, may stand in a report."
    )


class UnknownReportFormat(Invalid):
    code = "review.report.unknown-format"
    says = _("A report comes as {choices}, not as {given}.")


class UnknownReportLanguage(Invalid):
    code = "review.report.unknown-language"
    says = _("This report is written in {choices}, not in {given}.")


class FigureNotUnderstood(Invalid):
    code = "review.report.figure-not-understood"
    says = _(
        "A figure has a name of small letters, and a question or a standing that it counts. Choose "
        "what it counts from the list."
    )


__all__ = [
    "BlockChangedMeanwhile",
    "FigureNotUnderstood",
    "NoSuchBlock",
    "NoSuchReport",
    "NotQuotable",
    "NotSeenYet",
    "NothingPublishedYet",
    "ReportChangedMeanwhile",
    "ReportPublished",
    "ReportTitleMissing",
    "RoundOnlyTold",
    "UnknownReportFormat",
    "UnknownReportLanguage",
    "WordsMissing",
]
