"""What every page knows about the house it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marsad.directory import queries as directory
from marsad.directory.types import Role

#: The rooms in the navigation: the name of the address and what it is called.
NAVIGATION = (
    ("library:document_list", _("Documents")),
    ("library:recommendation_list", _("Recommendations")),
    ("library:practice_list", _("Good practices")),
    ("library:search", _("Search")),
    ("review:round_list", _("Rounds")),
    ("statistics:trends", _("Trends")),
    ("directory:state_list", _("States")),
)
#: Shown to those who have signed in besides.
SIGNED_IN = (
    ("questionnaires:questionnaire_list", _("Questionnaires")),
    ("surveys:survey_list", _("Surveys")),
)
#: Shown to administrators besides.
ADMINISTRATION = (("directory:person_list", _("People")),)
#: On the page of one's account.
OF_A_PERSON = (
    ("questionnaires:draft_list", _("My drafts")),
    ("questionnaires:device_list", _("My phones")),
)


def house(request: HttpRequest) -> dict[str, Any]:
    """The name, the navigation, and whether this is a demo."""
    return {
        "app_name": _("Marsad"),
        "demo": settings.DEMO,
        "banner": _("This is a demonstration: the people in it are made up.")
        if settings.DEMO
        else "",
        "sends_mail": settings.SENDS_MAIL,
        "nav_items": list(_navigation(request)),
        "search_url": reverse("library:search"),
        "person_url": reverse("directory:me"),
        # What rooms that the directory does not know of keep for a person.
        "person_links": [{"label": label, "url": reverse(name)} for name, label in OF_A_PERSON],
    }


def _navigation(request: HttpRequest) -> Iterator[dict[str, Any]]:
    # Absent where a page is made before anybody knows who asks: an error in the doors before.
    reader = getattr(request, "reader", None)
    administers = reader is not None and directory.holds(reader, Role.ADMINISTRATOR)
    signed_in = reader is not None and reader.is_authenticated
    more = (*(SIGNED_IN if signed_in else ()), *(ADMINISTRATION if administers else ()))
    for name, label in (*NAVIGATION, *more):
        yield {"label": label, "url": reverse(name)}
