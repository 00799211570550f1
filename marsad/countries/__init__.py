"""Names of States and territories in, codes out, in the six languages of the United Nations.

>>> from marsad import countries
>>> [found.iso2 for found in countries.find("اجتمع وفدا مصر وإيران (جمهورية - الإسلامية).")]
['EG', 'IR']
"""

from __future__ import annotations

from marsad.countries.errors import UnknownCode, UnknownLanguage
from marsad.countries.lists import StatesList, Unknown, read_list
from marsad.countries.lookup import Candidate, match, suggest
from marsad.countries.matcher import Found, find
from marsad.countries.order import sort_key
from marsad.countries.tables import (
    LANGUAGES,
    Country,
    Group,
    Kind,
    Language,
    Region,
    all,  # noqa: A004 - read as countries.all()
    display_name,
    get,
    regions,
    sorted_in,
)

__all__ = [
    "LANGUAGES",
    "Candidate",
    "Country",
    "Found",
    "Group",
    "Kind",
    "Language",
    "Region",
    "StatesList",
    "Unknown",
    "UnknownCode",
    "UnknownLanguage",
    "all",
    "display_name",
    "find",
    "get",
    "match",
    "read_list",
    "regions",
    "sort_key",
    "sorted_in",
    "suggest",
]
