"""What tells who a person is, by the name of a column and by what stands in it.

Better one column too many is asked about than a name is kept: whoever sends the file deletes the
column and sends it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from marsad.problems import _
from marsad.tabulation.words import folded

_NAME = _("names of people")
_CALL = _("telephone numbers")
_MAIL = _("e-mail addresses")
_PAPERS = _("numbers of passports or identity papers")
_HOME = _("addresses")
_ONLINE = _("accounts on networks")
_FACE = _("pictures")
_BORN = _("dates of birth")

#: By what it tells: words a column is called by. A word stands by itself or beside others.
_CALLED: Sequence[tuple[str, str]] = (
    (_MAIL, r"e ?mail|mail address|courriel|correo|البريد الالكتروني|بريد"),
    (_CALL, r"phone|telephone|mobile|cell|fax|whatsapp number|tel|homephone|mobilephone|هاتف|جوال"
            r"|رقم الهاتف|telefono|portable"),
    (_PAPERS, r"passport|passport (no|number)|national id|identity (card|number)|id (card|number)"
              r"|social security|ssn|cni|dni|iqama|visa number|جواز|جواز السفر|رقم الهويه"
              r"|الرقم الوطني|بطاقه"),
    (_HOME, r"address|street|postal ?code|post ?code|zip|mailingstreet|mailingcity|mailingstate"
            r"|mailingpostalcode|latitude|longitude|gps|geopoint|adresse|direccion|عنوان|العنوان"
            r"|shippingstreet|city of residence"),
    (_NAME, r"(first|second|middle|last|family|given|full|sur|maiden|father|mother|victim|person"
            r"|perpetrator|suspect|client|nick)[ ]?s?[ ]?name|name|names|surname|salutation|alias"
            r"|prs title|nom|prenom|nombre|apellidos?|اسم|الاسم|اسم الضحيه|الاسم الكامل|لقب"
            r"|اللقب|الاسم الاول"
            r"|caseworker|primary case worker|referringprimarycaseworker"),
    (_ONLINE, r"facebook|instagram|telegram|user ?name|handle|حساب"),
    (_FACE, r"photo|picture|image|fingerprint|صوره|بصمه"),
)  # fmt: skip
_BY_NAME = tuple(
    (what, re.compile(rf"(?:prs |per |vic |cas |org |hte |ال)?(?:{pattern})"))
    for what, pattern in _CALLED
)

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MAIL_VALUE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_CALL_VALUE = re.compile(r"(?:\+|00)[\d\s().\-/]{7,20}|\(?0\d{1,4}\)?[\s.\-/]\d[\d\s.\-/]{5,14}")
_LONG_NUMBER = re.compile(r"\d{8,20}")
_PASSPORT = re.compile(r"[A-Z]{1,2} ?\d{7,8}")
_PLACE_ON_EARTH = re.compile(r"-?\d{1,3}\.\d{3,}[ ,;]+-?\d{1,3}\.\d{3,}.*")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}")
_PERSONAL = re.compile(r"[^\W\d_]+(?:[ '\-][^\W\d_]+){1,4}")
#: More words than this, or letters, and a cell is told and not coded.
_MOST_WORDS, _MOST_LETTERS = 8, 80


def by_header(header: str) -> str:
    """What a column of this name tells of a person, in English; "" if nothing.

    >>> by_header("prs_First_Name"), by_header("Sex")
    ('names of people', '')
    """
    last = folded(header.replace("_", " ").rpartition("/")[2])
    return next((what for what, words in _BY_NAME if words.fullmatch(last)), "")


def by_value(value: str, *, is_key: bool = False) -> str:
    """What a value tells of a person, in English; "" if nothing.

    :param is_key: whether it is a pseudonym, which may be a long number.

    >>> by_value("someone@state.example"), by_value("forced_labour")
    ('e-mail addresses', '')
    """
    text = value.translate(_DIGITS).strip()
    for what, pattern in ((_MAIL, _MAIL_VALUE), (_CALL, _CALL_VALUE), (_HOME, _PLACE_ON_EARTH)):
        if pattern.fullmatch(text):
            return what
    if _PASSPORT.fullmatch(text) or (not is_key and _LONG_NUMBER.fullmatch(text)):
        return _PAPERS
    if is_key and _DAY.fullmatch(text):
        return _BORN
    return _NAME if is_key and _PERSONAL.fullmatch(text) else ""


def is_told(value: str) -> bool:
    """Whether a value is free text rather than a word or a code.

    >>> is_told("She was met at the border by a man who promised work")
    True
    """
    return len(value) > _MOST_LETTERS or len(value.split()) > _MOST_WORDS
