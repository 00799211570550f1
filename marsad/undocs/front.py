"""The front page: what a document says of itself before its first heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .dates import FoundDate, find_dates
from .digits import from_chinese
from .fold import fold
from .lines import JOB_NUMBER, Line, as_ranges
from .markers import item_places, letter_at
from .symbols import SYMBOL, normalise_symbol
from .types import Lines
from .words import LANGUAGE_NAMES, WORDS, Words

_DISTRIBUTION = re.compile(
    r"^(?:distr(?:ibution)?\.?|التوزيع|distr\.:?|分发)\s*[:：.]?\s*"
    r"(general|limited|restricted|generale|limitee|restreinte|general|limitada|reservada|عام|محدود|"
    r"общая|общии|ограниченн\w*|普遍|一般|有限)\b"
)
_DISTRIBUTIONS = {
    "general": "General", "generale": "General", "عام": "General", "общая": "General",
    "общии": "General", "普遍": "General", "一般": "General",
    "limited": "Limited", "limitee": "Limited", "limitada": "Limited", "محدود": "Limited",
    "有限": "Limited",
    "restricted": "Restricted", "restreinte": "Restricted", "reservada": "Restricted",
}  # fmt: skip
_ORIGINAL = re.compile(
    r"(?<!\w)(?:original|الاصل|язык оригинала|подлинныи текст|оригинал|原文)\s*[:：]\s*(?=\S)"
)
_UNITED_NATIONS = frozenset(
    {
        *("", "un", "united nations", "nations unies", "naciones unidas", "الامم المتحده"),
        *("联合国", "организация объединенных нации"),
    }
)
_STARS = re.compile(r"\s*\*+\s*$")
_PLACE = re.compile(r"^([^\d،,、，]{2,60}?)\s*[،,，、]\s*(?=.*\d)")
_PLACE_LAST = re.compile(r"日\s*[,，]\s*([\u4e00-\u9fff]{2,8})$")
#: «المعقود في فيينا من …», "held in Vienna from …", "tenue à Vienne", "celebrada en Viena".
_HELD = re.compile(
    r"(?:المعقود[هة]?|المنعقد[هة]?|عقد\S*|held|tenue?|celebrad[ao]|состоявш\w+|проходивш\w+|于)\s*"
    r"(?:في\s+|in\s+|at\s+|a\s+|en\s+|в\s+|在)\s*"
    r"([^\s\d،,.]+(?:\s+(?!يوم|من\s|في\s|from|on\s|du\s|le\s|les\s|del\s|el\s|с\s)[^\s\d،,.]+){0,2})"
)


#: What a title has: «11/22/26, 9:59 AM», which a browser prints over a page, has none.
_A_WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]{2}")
#: A working group named in a title, up to the comma or the word that says when it met.
_BODY_IN_TITLE = re.compile(
    r"(?:الفريق العامل|Working Group|Groupe de travail|Grupo de Trabajo|Рабочей группы)"
    r"[^،,.]{0,120}?(?=\s*(?:[،,.]|المعقود|المنعقد|held\b|tenue?\b|celebrad|$))"
)


@dataclass(kw_only=True)
class Front:
    """What the front page says."""

    symbol: str | None = None
    other_symbols: list[str] = field(default_factory=list)
    job_number: str | None = None
    distribution: str | None = None
    document_date: FoundDate | None = None
    document_language: str | None = None
    original_language: str | None = None
    body: str | None = None
    body_code: str | None = None
    parent_body: str | None = None
    session: int | None = None
    place: str | None = None
    meeting: FoundDate | None = None
    agenda_item: str | None = None
    agenda_item_title: str | None = None
    title: str | None = None
    author: str | None = None
    title_lines: Lines = ()


def read_front(lines: list[Line], language: str) -> Front:
    """Read the lines before the first heading or paragraph."""
    front = Front()
    words = WORDS[language]
    left: list[Line] = []
    agenda_at: int | None = None
    for line in lines[:80]:
        if _take(front, line, words, language):
            continue
        if front.agenda_item is None and _agenda_item(front, line, words):
            agenda_at = len(left)
            continue
        left.append(line)
    _name_title(front, left, agenda_at, words)
    _held(front, language)
    return front


def _take(front: Front, line: Line, words: Words, language: str) -> bool:
    """Whether a line says one known thing of the document; notes it."""
    plain = _STARS.sub("", line.plain)
    folded = fold(plain)
    return (
        _symbol(front, plain)
        or _distribution(front, folded)
        or _dated(front, folded, language)
        or _body(front, line, folded, words)
        or _session(front, folded, words)
        or _place_and_days(front, line, folded, language)
    )


def _symbol(front: Front, plain: str) -> bool:
    found = [normalise_symbol(match.group()) for match in SYMBOL.finditer(plain)]
    rest = fold(SYMBOL.sub("", plain)).strip(" –—-")
    if not found or rest not in _UNITED_NATIONS:
        return False
    for symbol in found:
        if front.symbol is None:
            front.symbol = symbol
        elif symbol != front.symbol:
            front.other_symbols.append(symbol)
    return True


def _distribution(front: Front, folded: str) -> bool:
    found = _DISTRIBUTION.match(folded)
    if not found:
        return False
    front.distribution = _DISTRIBUTIONS.get(found[1], found[1].capitalize())
    return found.end() == len(folded)


def _language(front: Front, folded: str) -> bool:
    found = _ORIGINAL.search(folded)
    if found:
        folded = folded[found.start() :]
        names = [LANGUAGE_NAMES.get(word) for word in re.findall(r"\w+", folded)]
        said = [name for name in names if name]
        front.original_language = said[0] if said else front.original_language
        return bool(said)
    if folded in LANGUAGE_NAMES:
        front.document_language = LANGUAGE_NAMES[folded]
        return True
    return False


def _dated(front: Front, folded: str, language: str) -> bool:
    """Date and languages, alone or on one line: "13 September 2019 Original: English"."""
    date = _document_date(front, folded, language)
    return _language(front, folded) or date


def _document_date(front: Front, folded: str, language: str) -> bool:
    """A date alone on its line is the date of the document."""
    bare = _ORIGINAL.split(_DISTRIBUTION.sub("", folded))[0].strip()
    for tongue in dict.fromkeys((language, "en", "fr", "es")):
        for found in find_dates(bare, tongue):
            alone = len(bare) - (found.span[1] - found.span[0]) <= 6
            if found.whole and found.start == found.end and alone:
                if front.document_date is None:
                    front.document_date = found
                return True
    return False


def _body(front: Front, line: Line, folded: str, words: Words) -> bool:
    if len(folded) > 160 or words.report.match(folded):
        return False
    if words.subsidiary.match(folded) and front.body_code != "working_group":
        front.parent_body = front.body
        front.body, front.body_code = _STARS.sub("", line.text), "working_group"
        return True
    if words.plenary.match(folded) and front.body is None:
        front.body, front.body_code = _STARS.sub("", line.text), _plenary_code(folded)
        return True
    return False


def _plenary_code(folded: str) -> str:
    if re.search(r"موتمر|^conference|^conferencia|^конференци|缔约方", folded):
        return "conference"
    if re.search(
        r"الجمعيه العامه|general assembly|assemblee generale|asamblea general|ассамбле|^大会",
        folded,
    ):
        return "general_assembly"
    return "other"


def _session(front: Front, folded: str, words: Words) -> bool:
    found = words.session.match(folded)
    if not found:
        return False
    word = found[1]
    digits = re.match(r"\d+", word)
    number = int(digits[0]) if digits else words.ordinals.get(word) or from_chinese(word)
    if number is None or front.session is not None:
        return False
    front.session = number
    return True


def _place_and_days(front: Front, line: Line, folded: str, language: str) -> bool:
    """ "Vienna, 14 and 15 April 2009" alone on its line; in Chinese the place stands last."""
    if front.meeting is not None or len(folded) > 90:
        return False
    place = _PLACE.match(line.text) or _PLACE_LAST.search(line.text)
    if not place:
        return False
    for found in find_dates(folded, language):
        if found.whole and len(folded) - found.span[1] <= (12 if language == "zh" else 6):
            front.place, front.meeting = place[1].strip(), found
            return True
    return False


def _agenda_item(front: Front, line: Line, words: Words) -> bool:
    found = words.agenda_item.match(fold(line.plain))
    if not found:
        return False
    front.agenda_item = found[1]
    if found[2]:
        places = item_places(found[2])
        front.agenda_item += f"({letter_at(places[0]) if places else found[2]})"
    return True


def _name_title(front: Front, left: list[Line], agenda_at: int | None, words: Words) -> None:
    """Part the title of the document from the title of its agenda item and its author."""
    kept: list[Line] = []
    for index, line in enumerate(left):
        if agenda_at is not None and index < agenda_at:
            continue
        if words.author.match(fold(line.text)) and len(line.text) < 120:
            front.author = line.text.rstrip("*").strip()
            continue
        if JOB_NUMBER.search(line.plain) or not _A_WORD.search(line.plain):
            continue
        kept.append(line)
    if agenda_at is not None:
        cut = _cut(kept)
        front.agenda_item_title = _words(kept[:cut]) or None
        kept = kept[cut:]
    kept = kept[:10]
    title = _words(kept)
    front.title = _STARS.sub("", title)[:1000] or None
    front.title_lines = as_ranges(kept)


def _words(lines: list[Line]) -> str:
    return " ".join(_STARS.sub("", line.text) for line in lines).strip()


def _cut(lines: list[Line]) -> int:
    """Where the title of the agenda item ends: behind a line that stops short of the others.

    Both titles are set line by line in a narrow column; the last line of the first is short, and
    does not end in a comma or colon.
    """
    if len(lines) < 2:
        return 0
    widest = max(len(line.text) for line in lines)
    best, chosen = -1.0, 0
    for index in range(len(lines) - 1):
        text = lines[index].text
        if text.endswith((",", "،", ":", "：", "，", "-")):
            continue
        short = 1 - len(text) / widest
        score = short + (0.35 if lines[index + 1].apart else 0.0)
        if score > best:
            best, chosen = score, index + 1
    return chosen


def _held(front: Front, language: str) -> None:
    """Body, place and days out of a title: "… of the Working Group on …, held in Vienna from …"."""
    if front.title is None:
        return
    if front.body is None and (named := _BODY_IN_TITLE.search(front.title)):
        front.body, front.body_code = named[0].strip(), "working_group"
    if front.meeting is not None:
        return
    folded = fold(front.title)
    held = _HELD.search(folded)
    days = [found for found in find_dates(folded, language) if found.whole]
    if held is None or not days:
        return
    front.meeting = days[0]
    original = _HELD.search(_easy(front.title))
    front.place = (original[1] if original else held[1]).strip()


def _easy(text: str) -> str:
    """Taa marbuta levelled, for the sake of a word found in the text as printed."""
    return text.replace("ة", "ه") if _HELD.search(text) is None else text
