"""A shadda that optical reading set one letter too late.

«العُدّة المحدثّة» is «المُحدَّثة»: participles like it (مُفعَّلة) double the middle letter of the root.
Words that do double the last one are left alone: those with ت or ط behind the first letter
(محتلّة), with ن before the others (منضمّة), and the colours and defects (محمرّة).
"""

from __future__ import annotations

import re

from marsad.arabic.letters import MARKS

SHADDA = "\u0651"
_VOWELS = f"[{''.join(sorted(MARKS - {SHADDA}))}]*"
_LETTER = f"[بتثجحخدذرزسشصضطظعغفقكلمنهويء-ئ]{_VOWELS}"
_LATE = re.compile(
    rf"(?<![ء-ي{SHADDA}])(?:[وف]{_VOWELS})?(?:[بلك]{_VOWELS})?(?:ا?ل{_VOWELS})?م{_VOWELS}"
    rf"(?P<one>{_LETTER})(?P<two>{_LETTER})(?P<three>[ء-ي]){SHADDA}{_VOWELS}(?=ة|ات)"
)
_COLOURS = frozenset(("حمر", "صفر", "خضر", "سود", "بيض", "زرق", "عوج", "سمر", "شقر", "كدر"))


def late_shaddas(line: str) -> list[tuple[int, int]]:
    """Return for every shadda that stands one letter too late its place and where it belongs.

    >>> late_shaddas("المحدثّة"), late_shaddas("المحتلّة")
    ([(6, 5)], [])
    """
    found = []
    for match in _LATE.finditer(line):
        one, two, three = (match[name][0] for name in ("one", "two", "three"))
        # «محتلّة»، «منضمّة»، «متحدّة»، «مزدحمّة»
        formed = two in "تط" or one in "نت" or (one in "زدذ" and two in "دذ")
        # «محليّة» is made of «محل»
        if formed or three in ("ي", two) or one + two + three in _COLOURS:
            continue
        found.append((match.start("three") + 1, match.end("two")))
    return found
