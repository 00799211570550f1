"""Lists of States and organisations, and the role a sentence gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from marsad import countries

from .fold import fold, without_marks
from .organisations import code_for, find_organisations


@dataclass(frozen=True, kw_only=True)
class RoleList:
    """Those to whom one sentence gives one role."""

    #: "party", "signatory", "observer", "spoke" or "replied".
    role: str
    #: States, in order.
    iso2: tuple[str, ...]
    #: Organisations, in order: name as printed and code.
    organisations: tuple[tuple[str, str | None], ...]
    #: Members of a list of States that are neither.
    unknown: tuple[str, ...]
    #: Where the sentence begins in the text, for the lines beside it.
    start: int
    #: Where it ends.
    end: int
    #: Agenda items it speaks of.
    agenda_items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Cues:
    """Words by which a language gives a role; read against folded text."""

    spoke: re.Pattern[str]
    replied: re.Pattern[str]
    signatory: re.Pattern[str]
    not_signatory: re.Pattern[str]
    observer: re.Pattern[str]
    party: re.Pattern[str]
    #: A sentence about presence: parties and signatories count only there.
    present: re.Pattern[str]
    #: A list of organisations, not of States.
    bodies: re.Pattern[str]
    #: What those who spoke or were present are named right after, where there is no colon.
    named_after: re.Pattern[str]
    #: What follows names and is no longer one: "…, which is a regional organization".
    aside: re.Pattern[str]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_CUES: Mapping[str, _Cues] = {
    "ar": _Cues(
        spoke=_rx(
            r"استمع[^.]{0,80}بيانات|(?<!\w)و?تكلم(?:ت)?\s|ادل[يت]\S*\s+ب(?:ال)?بيان|ادلي\s+بيان|"
            r"القي\S*\s+(?:بيان|كلم)[^.:]{0,40}ممثل"
        ),
        replied=_rx(r"(?:وردت|تلق\S+)[^.:]{0,40}ردود|ردود\s+(?:وردت\s+)?من\s+الدول|ردت\s+الدول|اجابت\s+الدول"),
        signatory=_rx(r"الدول[^.:]{0,30}الموقعه"),
        not_signatory=_rx(r"غير\s+الموقعه"),
        observer=_rx(r"بمراقب(?:ين)?(?!\w)|مراقب(?:ان|ون|ين)?\s+عن|مكتب\s+مراقب"),
        party=_rx(r"(?<!غير )الاطراف(?!\s+في\s+اتفاقيه\s+\S+\s+\S+\s+\S+\s*$)|طرف\s+في|انضم(?:ت|ام)"),
        present=_rx(r"مثل(?:ت|ه|و)?(?!\w)|ممثل(?:ه|ين)?(?!\w)|حضر(?:ت|ه|ها)?(?!\w)|انضمت"),
        bodies=_rx(r"منظمات|هييات|معاهد|كيانات|وكالات"),
        named_after=_rx(
            r"(?:ممثل[وةهيان]*|المراقب(?:ون|ان|ين)?)\s+(?:عن\s+)?|"
            r"مثل(?:ت)?(?:\s+(?:كل\s+من|في\s+(?:الدوره|الاجتماع)|بمراقب(?:ين)?))*\s+"
        ),
        aside=_rx(r"\s*،\s*و(?:هي|هو|هم|هما|هن)(?!\w)"),
    ),
    "en": _Cues(
        spoke=_rx(
            r"statements? (?:was |were )?(?:also )?(?:made |heard )?(?:by|from)|heard[^.]{0,60}statements|"
            r"took the floor|(?:made|delivered) (?:a )?statements?|\bspoke\b|were heard from"
        ),
        replied=_rx(r"repl(?:y|ies) (?:was |were |had been )?(?:received )?from|responses? (?:was |were )?"
                    r"(?:received )?from|states (?:had )?(?:replied|responded)|(?:replied|responded):"),
        signatory=_rx(r"signator"),
        not_signatory=_rx(r"non-signator|not signator|neither|nor signator"),
        observer=_rx(r"\bobservers?\b"),
        party=_rx(r"(?<!non-)(?:states )?part(?:y|ies) to|states parties|acceded|became part"),
        present=_rx(r"represented|attended|participated|took part|acceded|became part|present"),
        bodies=_rx(r"organi[sz]ations|entities|institutes|bodies|agencies"),
        named_after=_rx(r"(?:representatives? of|observers? for|by|for)\s+|^(?=the )"),
        aside=_rx(r",\s+(?:which|who|an? )\b|\s+(?:was|were)\s+(?:also\s+)?represented"),
    ),
    "fr": _Cues(
        spoke=_rx(r"declarations?[^.]{0,40}(?:faites?|entendu)|ont (?:fait|pris) [^.]{0,20}(?:declaration|la parole)|"
                  r"a (?:fait une declaration|pris la parole)|entendu[^.]{0,60}declarations"),
        replied=_rx(r"reponses[^.]{0,30}(?:recues|de[s]? )|ont repondu"),
        signatory=_rx(r"signataire"),
        not_signatory=_rx(r"non signataire|ni signataire"),
        observer=_rx(r"observat(?:eur|rice)"),
        party=_rx(r"(?<!non )parties (?:au|a la|ci)|etats parties|adhere"),
        present=_rx(r"represente|assist|particip|adhere|present"),
        bodies=_rx(r"organisations|entites|instituts|organismes|institutions"),
        named_after=_rx(r"(?:representante?s? (?:de|du|des)|observat(?:eur|rice)s? (?:de|du|des|pour))\s*(?:la |l')?"),
        aside=_rx(r",\s+(?:qui|une? )\b|\s+(?:etai(?:en)?t|a ete|ont ete)\s+represente"),
    ),
    "es": _Cues(
        spoke=_rx(r"declaraciones? [^.]{0,40}(?:representante|de los)|formul[^.]{0,20}declaracion|hicieron uso de la palabra|"
                  r"escucho[^.]{0,60}declaraciones|hizo (?:uso de la palabra|una declaracion)"),
        replied=_rx(r"respuestas[^.]{0,30}(?:recibid|de los)|respondieron"),
        signatory=_rx(r"signatari"),
        not_signatory=_rx(r"no signatari|ni signatari"),
        observer=_rx(r"observador"),
        party=_rx(r"(?<!no )partes? en|estados parte|se adhiri"),
        present=_rx(r"represent|asisti|particip|adhiri|present"),
        bodies=_rx(r"organizaciones|entidades|institutos|organismos"),
        named_after=_rx(r"(?:representantes? (?:de|del)|observador(?:a|es|as)? (?:de|del|por))\s*(?:la |los |las )?"),
        aside=_rx(r",\s+(?:que|una? )\b|\s+estuv(?:o|ieron)\s+represent"),
    ),
    "ru": _Cues(
        spoke=_rx(r"заслушал\w*[^.]{0,80}(?:заявлени|выступлени)|выступил|с заявлени\w+ выступ|сделал\w* заявлени"),
        replied=_rx(r"ответы[^.]{0,40}(?:поступил|получен|от)|ответил"),
        signatory=_rx(r"подписавш"),
        not_signatory=_rx(r"не подписавш"),
        observer=_rx(r"наблюдател"),
        party=_rx(r"(?<!не )участник|присоединил"),
        present=_rx(r"представлен|присутствова|участвова|присоединил|принял\w* участие"),
        bodies=_rx(r"организаци|учреждени|институт|орган\w* организации"),
        named_after=_rx(r"(?:представител\w+|наблюдател\w+ от)\s+"),
        aside=_rx(r",\s+котор\w+"),
    ),
    "zh": _Cues(
        spoke=_rx(r"发了言|作了发言|发言的有|听取了[^。]{0,40}发言|的代表发言|发言[:：]"),
        replied=_rx(r"(?:答复|回复)[^。]{0,20}(?:[:：]|收到)|收到[^。]{0,30}答复"),
        signatory=_rx(r"签署国"),
        not_signatory=_rx(r"非签署国"),
        observer=_rx(r"观察员"),
        party=_rx(r"(?<!非)缔约国|(?<!非)缔约方(?!会议)|加入"),
        present=_rx(r"出席|派代表|代表|加入|参加"),
        bodies=_rx(r"组织(?!犯罪)|机构|实体|研究所"),
        named_after=_rx(r"^"),
        aside=_rx(r"[,，]这"),
    ),
}  # fmt: skip

_SENTENCE = re.compile(r"(?<!\bSt)(?<!\bNo)(?<!\bvol)[.。؟?!](?=\s|$|[\u4e00-\u9fff])")
_COLON = re.compile(r"[:：]")
_COMMAS = re.compile(r"[،,;؛、，；]")
_AND_ONE = re.compile(r"^(?:and|et|y|и|以及|和)\s+|^و(?=ال)")
_AGENDA_ITEMS = re.compile(
    r"(?:البند(?:ين|ان)?|بنود|items?|points?|temas?|пункт\w*|议程项目)\s*((?:\d{1,2}(?:\s*(?:و|and|et|y|и|和|,|،)\s*)?)+)"
)


def read_roles(text: str, language: str) -> list[RoleList]:
    """Every list of a paragraph, by sentence.

    >>> read_roles("The following States parties were represented: Egypt, Iraq.", "en")[0].iso2
    ('EG', 'IQ')
    """
    return [found for start, end in _spans(text) if (found := _read(text, start, end, language))]


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a text."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _read(text: str, start: int, end: int, language: str) -> RoleList | None:
    sentence = text[start:end]
    cues = _CUES[language]
    colon = _COLON.search(sentence)
    lead = fold(sentence[: colon.start()]) if colon else fold(sentence)
    role = _role(lead, cues)
    if role is None:
        return None
    if colon:
        states, bodies, unknown = _listed(sentence[colon.end() :], lead, language, cues)
    else:
        states, bodies, unknown = _named(sentence, language, cues)
    if not states and not bodies:
        return None
    return RoleList(
        role=role,
        iso2=tuple(states),
        organisations=tuple(bodies),
        unknown=tuple(unknown),
        start=start,
        end=end,
        agenda_items=_items_in(lead),
    )


def _items_in(lead: str) -> tuple[str, ...]:
    found = [
        number for match in _AGENDA_ITEMS.finditer(lead) for number in re.findall(r"\d+", match[1])
    ]
    return tuple(dict.fromkeys(found))


def _role(lead: str, cues: _Cues) -> str | None:
    if cues.spoke.search(lead):
        return "spoke"
    if cues.replied.search(lead):
        return "replied"
    if not cues.present.search(lead) and not cues.observer.search(lead):
        return None
    if cues.signatory.search(lead) and not cues.not_signatory.search(lead):
        return "signatory"
    if cues.observer.search(lead):
        return "observer"
    if cues.party.search(lead):
        return "party"
    return None


_Read = tuple[list[str], list[tuple[str, str | None]], list[str]]


def _listed(text: str, lead: str, language: str, cues: _Cues) -> _Read:
    """Members of a list behind a colon."""
    if cues.bodies.search(lead) and not _speaks_of_states(lead, language):
        return [], _bodies(text), []
    found = countries.find(text)
    states = [one.iso2 for one in found if one.iso2 != "EU"]
    bodies: list[tuple[int, str, str | None]] = [
        (one.start, one.matched, "EU") for one in found if one.iso2 == "EU"
    ]
    unknown: list[str] = []
    for start, chunk in _uncovered(text, [(one.start, one.end) for one in found]):
        code = code_for(chunk)
        if code is not None:
            bodies.append((start, chunk, code))
        else:
            unknown.append(chunk)
    ordered = [(name, code) for _, name, code in sorted(bodies, key=lambda body: body[0])]
    return list(dict.fromkeys(states)), ordered, unknown


_STATES = {
    "ar": r"الدول(?!يه)|الاطراف", "en": r"\bstates\b|part(?:y|ies) to", "fr": r"etats", "es": r"estados",
    "ru": r"государств|стран", "zh": r"国(?!际)|缔约方",
}  # fmt: skip


def _speaks_of_states(lead: str, language: str) -> bool:
    return re.search(_STATES[language], lead) is not None


def _uncovered(text: str, covered: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Members between commas that no State covers."""
    starts = [start for start, _ in covered]
    chunks: list[tuple[int, str]] = []
    begin = 0
    for match in [*_COMMAS.finditer(text), None]:
        end = match.start() if match else len(text)
        place = bisect_left(starts, begin - 1)
        if place > 0 and covered[place - 1][1] > begin:
            place -= 1
        touched = place < len(covered) and covered[place][0] < end
        chunk = text[begin:end].strip(" .()\n")
        if not touched and sum(sign.isalpha() for sign in chunk) > 3:
            chunks.append((begin, _AND_ONE.sub("", chunk)))
        begin = match.end() if match else end
    return chunks


def _bodies(text: str) -> list[tuple[str, str | None]]:
    """Members of a list of organisations; a known name may hold a comma of its own."""
    text = without_marks(text)
    folded_found = find_organisations(_same_length_fold(text))
    spans = [(one.start, one.end, one.code) for one in folded_found]
    members: list[tuple[str, str | None]] = []
    begin = 0
    for match in [*_COMMAS.finditer(text), None]:
        end = match.start() if match else len(text)
        if any(start < end < stop for start, stop, _ in spans):
            continue
        chunk = text[begin:end].strip(" .\n")
        begin = match.end() if match else end
        if sum(sign.isalpha() for sign in chunk) > 2:
            name = _AND_ONE.sub("", chunk)
            members.append((name, code_for(name)))
    return members


_EASY = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "é": "e",
     "É": "e", "è": "e", "á": "a", "ó": "o", "í": "i", "й": "и"}
)  # fmt: skip


def _same_length_fold(text: str) -> str:
    """A folding that keeps every character in its place."""
    lowered = text.translate(_EASY)
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in lowered)


def _named(sentence: str, language: str, cues: _Cues) -> _Read:
    """States and organisations of a sentence without a colon: "the observer for …"."""
    sentence = without_marks(sentence)
    level = _same_length_fold(sentence)
    after = cues.named_after.search(level)
    if after is None:
        return [], [], []
    rest = sentence[after.end() :]
    aside = cues.aside.search(_same_length_fold(rest))
    if aside:
        rest = rest[: aside.start()]
    level = _same_length_fold(rest)
    spans = [(one.start, one.end, one.code) for one in find_organisations(level)]
    found = [
        one
        for one in countries.find(rest)
        if not any(one.start < end and start < one.end for start, end, _ in spans)
    ]
    bodies = [(start, rest[start:end], code) for start, end, code in spans]
    bodies += [(one.start, one.matched, "EU") for one in found if one.iso2 == "EU"]
    states = [one.iso2 for one in found if one.iso2 != "EU"]
    if not bodies and not states and aside:
        name = rest.strip(" ،,")
        bodies = [(0, name, code_for(name))]
    ordered = [(str(name), code) for _, name, code in sorted(bodies, key=lambda body: body[0])]
    return list(dict.fromkeys(states)), ordered, []
