"""Django's PostgreSQL backend, which wakes the embedded server at the first connection.

Waking it here and not in the settings keeps everything that only reads settings (type checking,
`--help`, collecting messages) free of a database.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from config.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        address = server.connection_parameters(Path(self.settings_dict["OPTIONS"]["home"]))
        asked = dict(self.settings_dict)
        self.settings_dict = {
            **asked,
            "NAME": asked["NAME"] or address["dbname"],
            "OPTIONS": {k: v for k, v in asked["OPTIONS"].items() if k != "home"},
            "USER": address["user"],
            "PASSWORD": address["password"],
            "HOST": address["host"],
            "PORT": "",
        }
        try:
            return super().get_connection_params()
        finally:
            self.settings_dict = asked
