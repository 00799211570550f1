"""What happens once when the house opens."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class Config(AppConfig):
    name = "config"
    label = "house"

    def ready(self) -> None:
        """Let every problem speak the reader's language, and wire the rooms to one another."""
        from django.utils.translation import get_language, gettext

        from config import follow_ups, receivers
        from marsad import problems
        from marsad.design.formatting import for_reader
        from marsad.journal import actions as journal
        from marsad.library.queries import theme as themes
        from marsad.questionnaires import receiving, theming

        problems.translate_with(gettext, language=lambda: (get_language() or "en")[:2])
        problems.write_numbers_with(lambda number: for_reader().text(str(number)))
        journal.announce_to(follow_ups.follow)
        receiving.receive_with(receivers.RECEIVERS)
        theming.name_themes_with(
            lambda language: {each.code: each.label for each in themes.labels(language=language)}
        )


class Admin(AdminConfig):
    """Django's admin, with our own choice of what it shows."""

    default_site = "config.admin.LookingSite"
