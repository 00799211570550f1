"""Identifiers as keyed hashes: the same for the same person, and never to be turned back.

Whoever holds the file of records and not the key cannot try identifiers one after the other, as one
could with a plain hash.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

#: By variable: what an identifier speaks of; the same person has one in victims and in events.
_SPEAKS_OF = {
    "victim_key": "victim",
    "perp_key": "perpetrator",
    "event_id": "event",
    "entity_id": "entity",
}
_LENGTH = 32


def key_of_state(secret: bytes, state: str) -> bytes:
    """The key of one State, so that nobody can tell the same person in the records of two."""
    return hmac.digest(secret, f"marsad records {state}".encode(), "sha256")


def pseudonym(value: str, *, variable: str, key: bytes) -> str:
    """The keyed hash that stands for an identifier.

    >>> pseudonym("V-1", variable="victim_key", key=b"k" * 32) == pseudonym(
    ...     " v-1 ", variable="victim_key", key=b"k" * 32
    ... )
    True
    """
    plain = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    told = f"{_SPEAKS_OF.get(variable, variable)}\0{plain}".encode()
    return hmac.new(key, told, hashlib.sha256).hexdigest()[:_LENGTH]
