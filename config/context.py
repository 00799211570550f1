"""What every page knows about the house it stands in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

#: The rooms in the navigation: the name of the address and what it is called.
NAVIGATION = [
    ("library:document_list", _("Documents")),
    ("library:recommendation_list", _("Recommendations")),
    ("library:search", _("Search")),
    ("directory:state_list", _("States")),
]


def house(request: HttpRequest) -> dict[str, Any]:
    """The name, the navigation and whether this is a demo."""
    return {
        "app_name": _("Marsad"),
        "demo": settings.DEMO,
        "banner": _("This is a demonstration: the people in it are made up.")
        if settings.DEMO
        else "",
        "nav_items": list(_navigation(request)),
        "search_url": reverse("library:search"),
    }


def _navigation(request: HttpRequest) -> Any:
    for name, label in NAVIGATION:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        yield {"url": url, "label": label}
