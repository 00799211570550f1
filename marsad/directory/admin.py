"""For looking only: what changes here is changed by actions, with an actor and a line in the
journal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from marsad.directory.models import Body, Membership, Person, State


class OnlyLooking(admin.ModelAdmin):  # type: ignore[type-arg]
    """No adding, changing or deleting."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        # Django looks for a field without a name where a form sends `_to_field` empty.
        return super().get_object(request, object_id, from_field or None)


@admin.register(State)
class StateAdmin(OnlyLooking):
    list_display = ("iso2", "iso3", "m49", "kind", "is_invented")
    search_fields = ("iso2", "iso3", "names")

    def get_queryset(self, request: HttpRequest) -> QuerySet[State]:
        found = super().get_queryset(request)
        return found if settings.DEMO else found.filter(is_invented=False)


@admin.register(Body)
class BodyAdmin(OnlyLooking):
    list_display = ("name_en", "name_ar", "kind", "state")


@admin.register(Person)
class PersonAdmin(OnlyLooking):
    list_display = ("email", "name", "is_active", "is_demo")
    exclude = ("password",)


@admin.register(Membership)
class MembershipAdmin(OnlyLooking):
    list_display = ("person", "body", "role", "from_date", "until_date")
