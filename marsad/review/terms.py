"""Words of an answer as PostgreSQL keeps them, and where words that were asked for stand in it."""

from __future__ import annotations

from marsad.library import terms

#: Kinds of questions that are answered in words: the others have no terms.
IN_WORDS = frozenset({"text", "barcode"})


def terms_of(value: str, *, kind: str = "text") -> str | None:
    """What `Answer.terms` holds for an answer; none for choices, numbers and dates.

    >>> terms_of("مآوي للضحايا") is not None, terms_of("yes", kind="select_one")
    (True, None)
    """
    if kind not in IN_WORDS or not value.strip():
        return None
    return terms.vector(value) or None


question = terms.question
snippet = terms.snippet

__all__ = ["IN_WORDS", "question", "snippet", "terms_of"]
