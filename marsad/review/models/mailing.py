"""Mails to single people: each is on record before it is handed over, so that none goes twice."""

from __future__ import annotations

from django.db import models


class Mailing(models.Model):
    """One mail to one person about one thing.

    `begun_at` alone says that somebody began to hand it over and never came back to tell: whether
    it went out nobody knows, and it is not sent again by itself.
    """

    #: What it is about, as this room calls it: `note:17:1`, `reminder:17:2026-05-01`.
    about = models.CharField(max_length=60)
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    #: When the mail server took it.
    handed_at = models.DateTimeField(null=True, blank=True)
    #: What kept it from going out: one of `mail.KEPT`; empty where nothing did.
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["about", "person"], name="person_mailed_once_about_it")
        ]

    def __str__(self) -> str:
        return self.about
