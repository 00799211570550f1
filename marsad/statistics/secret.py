"""The secret that identifiers in records are hashed with: given, or made once and kept.

Without it nobody can tell from a hash whom it stands for, nor try. Whoever loses it can no longer
join new records to old ones, so it belongs into the backup, apart from the data. Another one is
never made where records are held: the same people would come again under other hashes, and count
twice.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from marsad.statistics import problems
from marsad.statistics.models import RecordArrival, RecordEdition

#: Where it is given; where it is not, it lies under this name in the home of Marsad.
VARIABLE = "MARSAD_RECORDS_KEY"
FILE = "records-key"
_SHORTEST = 32


def records_secret() -> bytes:
    """The secret.

    :raises SecretTooShort: if what is given has fewer than 32 characters.
    :raises SecretGone: if there is none on this machine, but records that were hashed with one.
    """
    given: str | None = settings.RECORDS_KEY
    if given is not None:
        if len(given) < _SHORTEST:
            raise problems.SecretTooShort(name=VARIABLE, least=_SHORTEST)
        return given.encode()
    kept = Path(settings.MARSAD_HOME) / FILE
    if not kept.exists():
        if RecordEdition.objects.exists() or RecordArrival.objects.exclude(digest="").exists():
            raise problems.SecretGone(name=VARIABLE, file=FILE)
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Written whole and then named, readable by its owner only.
        with NamedTemporaryFile("w", dir=kept.parent, delete=False, encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            with suppress(FileExistsError):  # another process was faster
                os.link(file.name, kept)
        finally:
            os.unlink(file.name)
    return kept.read_bytes().strip()


def print_of(secret: bytes) -> str:
    """Tells one secret from another, and nothing of either."""
    return hmac.new(secret, b"which secret this is", hashlib.sha256).hexdigest()[:16]
