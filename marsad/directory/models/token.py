"""Tokens by which a person's scripts reach the API."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """A secret a person gave to one of their scripts. Only its hash is kept."""

    person = models.ForeignKey("directory.Person", on_delete=models.CASCADE, related_name="tokens")
    #: What the script is for, in the person's words.
    name = models.CharField(max_length=100)
    #: SHA-256 of the secret, hexadecimal. The secret has 256 random bits, so no salt is needed.
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    #: Set once it is called back; it opens nothing from then on.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"token {self.pk}"
