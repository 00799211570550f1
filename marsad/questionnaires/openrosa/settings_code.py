"""The picture that a phone reads its server from.

Collect's settings are JSON, packed with zlib and written in Base64. The picture holds the secret
of the device in clear: it is shown once, on a page that is not cached.
"""

from __future__ import annotations

import base64
import io
import json
import zlib

import segno


def settings_code(*, server_url: str, language: str, project: str) -> str:
    """The settings of a device, as Collect reads them from a picture.

    :param server_url: absolute, with the secret of the device, without a stroke at the end.
    :param language: of Collect's own pages, `ar` or `en`.
    :param project: what Collect calls the project.

    >>> code = settings_code(server_url="http://a.example/x", language="ar", project="Marsad")
    >>> json.loads(zlib.decompress(base64.b64decode(code)))["general"]["server_url"]
    'http://a.example/x'
    """
    settings = {
        "general": {
            "protocol": "odk_default",
            "server_url": server_url,
            # The phone holds what the server offers, and no more.
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            # What was sent does not stay on a phone that may be lost.
            "delete_send": True,
            "app_language": language,
            "analytics": False,
        },
        "admin": {},
        "project": {"name": project},
    }
    packed = zlib.compress(json.dumps(settings, ensure_ascii=False).encode(), 9)
    return base64.b64encode(packed).decode("ascii")


def settings_picture(code: str) -> str:
    """The picture of a code, as SVG to be put into a page."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        out, kind="svg", scale=5, border=3, xmldecl=False, svgns=True, omitsize=False
    )
    return out.getvalue().decode("utf-8")
