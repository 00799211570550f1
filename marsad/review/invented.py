"""How what is made of invented States is marked: on every page, in every letter and every export.

No real State may ever be taken to have given an answer that it did not give. So the mark goes with
the words themselves, in the language of what carries it, and not only with the page around them.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marsad.design.printing.made import INVENTED_PREFIX

#: One word, for a line of a list, a sheet's name, the head of a page.
MARK = _("Invented")
#: What it means, for the top of a page and for the first and every further page of an export.
SENTENCE = _(
    "A demonstration with invented States: none of them exists, and no real State gave any of "
    "these answers."
)
#: For a round that a sample report of our own writing tells of.
SAMPLE = _(
    "The report that tells of this round is a sample written for Marsad: the round was never held, "
    "and the States it names are there as examples only."
)
#: Put before the names of files that are taken away.
FILE_PREFIX = INVENTED_PREFIX


def mark(language: str) -> str:
    """The one word in a language: an export speaks its own, whatever the reader's pages speak.

    >>> mark("en")
    'Invented'
    """
    with translation.override(language):
        return str(MARK)


def sentence(language: str) -> str:
    """The sentence in a language."""
    with translation.override(language):
        return str(SENTENCE)


def file_name(name: str, *, is_invented: bool) -> str:
    """The name of a file to be taken away, marked where what it holds is invented.

    >>> file_name("register.csv", is_invented=True)
    'INVENTED-register.csv'
    >>> file_name("register.csv", is_invented=False)
    'register.csv'
    """
    return f"{FILE_PREFIX}{name}" if is_invented else name
