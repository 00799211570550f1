"""States and territories, loaded from the `countries` engine."""

from __future__ import annotations

from django.db import models


class State(models.Model):
    """A State, territory or regional organisation, with its codes and its names."""

    #: ISO 3166-1 alpha-2, e.g. `JO`.
    iso2 = models.CharField(max_length=2, primary_key=True)
    #: ISO 3166-1 alpha-3, e.g. `JOR`.
    iso3 = models.CharField(max_length=3, blank=True)
    #: United Nations M49 number with leading zeros, e.g. `400`.
    m49 = models.CharField(max_length=3, blank=True)
    #: `member`, `observer`, `territory` or `entity`.
    kind = models.CharField(max_length=20)
    #: M49 region and subregion numbers.
    region = models.CharField(max_length=3, blank=True)
    subregion = models.CharField(max_length=3, blank=True)
    #: Regional group in the United Nations, where there is one.
    un_group = models.CharField(max_length=30, blank=True)
    #: Display name by language code: ar, en, es, fr, ru, zh.
    names = models.JSONField(default=dict)
    #: Made up for the demonstration, under a code that ISO leaves to users: no place on earth.
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["iso2"]

    def __str__(self) -> str:
        return self.iso2
