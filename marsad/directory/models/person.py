"""People who sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class People(BaseUserManager["Person"]):
    """Makes people; the address they sign in with is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.full_clean()
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with a name and an address. What they may do follows from memberships alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    #: The language they read; empty follows the browser.
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    #: Made by `marsad up --demo` with a password that everybody knows; refused outside demo mode.
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_signs_in_with_one_address")
        ]

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        # The id and not the name: this is what ends up in logs and tracebacks.
        return f"<Person {self.pk}>"

    # Django's admin asks these; it is for looking only, and only administrators look.
    @property
    def is_staff(self) -> bool:
        return (
            self.is_active
            and self.memberships.open_on(timezone.localdate()).filter(role="administrator").exists()
        )

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff and ".view_" in perm

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff
