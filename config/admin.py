"""The pages of Django's admin: a window on what Marsad itself keeps, and on nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite


class LookingSite(AdminSite):
    """Shows only what was made for looking.

    The frameworks underneath register pages of their own: allauth one with the secrets of second
    steps, procrastinate one with buttons. Whoever looks at people must not see what they sign in
    with, so a page that is not one of ours is left out, also when a new framework brings it.
    """

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take a page in if it allows looking only."""
        from marsad.directory.admin import OnlyLooking  # it registers here while it is imported

        if isinstance(admin_class, type) and issubclass(admin_class, OnlyLooking):
            super().register(model_or_iterable, admin_class, **options)
