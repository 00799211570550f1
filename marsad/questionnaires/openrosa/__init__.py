"""What ODK Collect and other OpenRosa clients say and hear: documents in, documents out.

Nothing here knows of the database or of HTTP; `views/openrosa.py` does. The protocol is the
OpenRosa 1.0 one (form list, form, manifest, submission) as Collect's source speaks it.
"""

from __future__ import annotations

from marsad.questionnaires.openrosa.documents import (
    FormOffered,
    MediaOffered,
    form_list,
    manifest,
    message,
    writable,
)
from marsad.questionnaires.openrosa.settings_code import settings_code, settings_picture

__all__ = [
    "FormOffered",
    "MediaOffered",
    "form_list",
    "manifest",
    "message",
    "settings_code",
    "settings_picture",
    "writable",
]
