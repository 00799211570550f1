"""How badly a text is damaged, before anything is touched (stage 0 of the design)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marsad.arabic.letters import TATWEEL, is_arabic_letter, is_private

#: Tatweel per letter above which a text was stretched by machine.
TATWEEL_RATE = 0.001

#: «الـ ١٢٠», «هـ)»: the tatweel an author writes.
_AUTHORS_TATWEEL = re.compile(r"(?<!\S)\(?(?:و?ال|[هبلك])ـ(?=[\s٠-٩0-9()،.-]|$)")

_NUMBER = "[٠-٩۰-۹0-9]{1,3}"
#: «... -٤» at an end of a line: a paragraph number written after its dash.
_DASH_FIRST = re.compile(
    rf"(?:^|\s)[-–]\s?(?:{_NUMBER}(?:\s|$)|\w{{3,6}}[\u064b-\u0652]?\w?\s*$)", re.M
)
_NUMBER_FIRST = re.compile(rf"^[\s\-*]*{_NUMBER}\s?[-–.]\s", re.M)
#: «المستويات   من» : a gap inside a line is where two runs met.
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
#: «٢٠١٢أكتوبر»: a digit glued to an Arabic letter.
_GLUED = re.compile(r"[٠-٩][ء-ي]|[ء-ي]{2}[٠-٩]")
#: «)د (» and « .الفقرة»: closing before opening, a stop before its sentence.
_MIRRORED = re.compile(r"(?m)^[^()\n]*\)[^()\n]*\(|(?:^|\s)[.:،](?=[\u0621-\u064a])| [.:](?=\s)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """The gauge of a text: figures first, the verdict last."""

    #: Arabic letters in the text.
    letters: int
    #: Tatweel characters per Arabic letter.
    tatweel_rate: float
    #: Private-use characters: letters a font hid.
    private_codes: int
    #: Numbers after their dash («-٤»): the sign of runs written in reverse.
    dash_first: int
    #: Numbers before their dash («٤-»), as they should be.
    number_first: int
    #: Gaps of several spaces inside a line.
    gaps: int
    #: Digits glued to letters.
    glued: int
    #: Brackets and stops the wrong way round.
    mirrored: int
    #: Lines that are not blank.
    lines: int
    #: Whether words were taken down from the left edge of the page: the stage `VisualOrder` tells.
    backwards: bool = False

    @property
    def reversed_runs(self) -> bool:
        """Whether lines were written out run by run in reverse."""
        strong = self.dash_first + self.glued + self.mirrored
        return strong > self.number_first and strong + self.gaps / 2 >= max(1, self.lines * 0.02)

    @property
    def damaged(self) -> bool:
        """Whether there is anything for the repairer to do."""
        by_letters = self.tatweel_rate > TATWEEL_RATE or self.private_codes > 0
        return by_letters or self.reversed_runs or self.backwards


def looks_damaged(text: str) -> Damage:
    """Measure the damage of a text.

    >>> looks_damaged("مقدمة  -أولا").reversed_runs
    True
    >>> looks_damaged("أولا- مقدمة").damaged
    False
    """
    letters = sum(1 for character in text if is_arabic_letter(character))
    stretched = text.count(TATWEEL) - len(_AUTHORS_TATWEEL.findall(text))
    return Damage(
        letters=letters,
        tatweel_rate=stretched / max(1, letters),
        private_codes=sum(1 for character in text if is_private(character)),
        dash_first=len(_DASH_FIRST.findall(text)),
        number_first=len(_NUMBER_FIRST.findall(text)),
        gaps=sum(1 for line in text.splitlines() if _GAP.search(line.strip())),
        glued=len(_GLUED.findall(text)),
        mirrored=len(_MIRRORED.findall(text)),
        lines=sum(1 for line in text.splitlines() if line.strip()),
    )


def looks_arabic(text: str) -> bool:
    """Tell whether a text is mainly in Arabic letters.

    >>> looks_arabic("الدول الأطراف"), looks_arabic("States parties")
    (True, False)
    """
    arabic = sum(1 for character in text if is_arabic_letter(character))
    others = sum(1 for character in text if character.isalpha() and character != TATWEEL) - arabic
    return arabic > 0 and arabic >= others
