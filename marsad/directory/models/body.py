"""Bodies, and who holds which role in them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


class Body(models.Model):
    """A ministry, an organisation, a secretariat: what a person acts for."""

    kind = models.CharField(max_length=30)
    name_ar = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    #: The State it belongs to; none for the Secretariat and for international organisations.
    state = models.ForeignKey(
        "directory.State", null=True, blank=True, on_delete=models.PROTECT, related_name="bodies"
    )

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["name_en", "state"],
                name="body_named_once_in_a_state",
                # Bodies of no State (the Secretariat) have one name each as well.
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name_en


class Memberships(models.QuerySet["Membership"]):
    """Memberships, as one asks for them."""

    def open_on(self, day: date) -> Memberships:
        """Those that hold on `day`."""
        return self.filter(Q(until_date__isnull=True) | Q(until_date__gt=day), from_date__lte=day)


class Membership(models.Model):
    """A person's role in a body, from one day to another."""

    person = models.ForeignKey(
        "directory.Person", on_delete=models.CASCADE, related_name="memberships"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30)
    from_date = models.DateField()
    #: The first day on which it holds no more, so that what is ended today ends at once; open while
    #: empty.
    until_date = models.DateField(null=True, blank=True)

    objects = Memberships.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "role"],
                condition=Q(until_date__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=models.F("from_date")),
                name="membership_ends_no_sooner_than_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.body_id})"
