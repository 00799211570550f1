"""How far a file of figures has come, and how a question about one was answered."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Where a file of figures is on its way to be looked at."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    CHECKING = "checking", _("Being checked")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")


class AnswerKind(TextChoices):
    """What a State says to a question about its figures."""

    RIGHT = "right", _("The figures are right")
    WILL_CORRECT = "will_correct", _("Will be corrected")
