"""Phones that people fill in forms on."""

from __future__ import annotations

from django.db import models


class Device(models.Model):
    """A phone that a person gave a secret to. Only the hash of the secret is kept."""

    key = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey("directory.Person", on_delete=models.CASCADE, related_name="+")
    #: What the person calls it.
    name = models.CharField(max_length=100)
    #: SHA-256 of the secret, hexadecimal. The secret has 256 random bits, so no salt is needed.
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.key
