"""Who is asked, and how strongly: the words that make a sentence a recommendation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .types import Strength


@dataclass(frozen=True, kw_only=True)
class Force:
    """What a sentence asks, and of whom."""

    #: How strongly.
    strength: Strength
    #: Codes of those addressed, in the order of the text.
    addressees: tuple[str, ...]
    #: Where in the folded text it begins.
    start: int


#: Those addressed, by language, the narrower before the wider; read against folded text, without
#: article. A State that has not become party is met before States parties, those before States.
_ADDRESSEES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ar": (
        ("states_not_parties", r"دول\s+(?:التي\s+لم\s+تصبح|غير\s+الاطراف|التي\s+ليست)[^،.]{0,120}"),
        ("states_parties", r"دول\s+الاطراف|اطراف(?!\w)"),
        ("states_signatories", r"دول\s+الموقعه"),
        ("states", r"دول(?:\s+الاعضاء)?(?!\w)|حكومات"),
        ("secretariat", r"امانه(?!\s*العامه)|مكتب\s+الامم\s+المتحده\s+المعني|مكتب(?!\w)"),
        ("conference", r"موتمر(?:\s+(?:الدول\s+)?الاطراف)?(?!\w)"),
        ("working_group", r"فريق\s+العامل"),
        ("international_organizations", r"منظمات\s+الدوليه(?:\s+والاقليميه)?|هييات\s+الدوليه"),
        ("regional_organizations", r"منظمات\s+الاقليميه(?:\s+والدوليه)?"),
        ("civil_society", r"مجتمع\s+المدني|منظمات\s+غير\s+الحكوميه"),
        ("private_sector", r"قطاع\s+الخاص"),
    ),
    "en": (
        ("states_not_parties", r"states (?:that|which) (?:have|are) not[^,;.]{0,120}|non-states? parties"),
        ("states_parties", r"states? parties|parties to the \w+"),
        ("states_signatories", r"signatory states|states signatories"),
        ("states", r"(?:member )?states(?! part)|governments"),
        ("secretariat", r"secretariat|unodc|united nations office on drugs and crime"),
        ("conference", r"conference(?: of the (?:states )?parties)?"),
        ("working_group", r"working group"),
        ("international_organizations", r"(?:relevant )?international organi[sz]ations"),
        ("regional_organizations", r"regional organi[sz]ations"),
        ("civil_society", r"civil society(?: organi[sz]ations)?|non-governmental organi[sz]ations"),
        ("private_sector", r"private sector|businesses"),
    ),
    "fr": (
        ("states_not_parties", r"etats (?:qui ne (?:sont|l'ont|le sont)|non parties)[^,;.]{0,120}"),
        ("states_parties", r"etats parties"),
        ("states_signatories", r"etats signataires"),
        ("states", r"etats(?: membres)?(?! part)|gouvernements"),
        ("secretariat", r"secretariat|onudc|office des nations unies contre la drogue et le crime"),
        ("conference", r"conference(?: des parties)?"),
        ("working_group", r"groupe de travail"),
        ("international_organizations", r"organisations internationales(?: competentes)?"),
        ("regional_organizations", r"organisations regionales"),
        ("civil_society", r"societe civile|organisations non gouvernementales"),
        ("private_sector", r"secteur prive|entreprises"),
    ),
    "es": (
        ("states_not_parties", r"estados que (?:aun |todavia )?no (?:son|sean|se hayan)[^,;.]{0,120}"),
        ("states_parties", r"estados partes?"),
        ("states_signatories", r"estados signatarios"),
        ("states", r"estados(?: miembros)?(?! part)|gobiernos"),
        ("secretariat", r"secretaria|unodc|oficina de las naciones unidas contra la droga y el delito"),
        ("conference", r"conferencia(?: de las partes)?"),
        ("working_group", r"grupo de trabajo"),
        ("international_organizations", r"organizaciones internacionales(?: pertinentes)?"),
        ("regional_organizations", r"organizaciones regionales"),
        ("civil_society", r"sociedad civil|organizaciones no gubernamentales"),
        ("private_sector", r"sector privado|empresas"),
    ),
    "ru": (
        ("states_not_parties", r"государств\w*, (?:которые )?(?:еще )?не (?:стали|ставш|являющ)[^;.]{0,120}"),
        ("states_parties", r"государств\w*-участни\w+|участник\w+ протокола"),
        ("states_signatories", r"государств\w*,? подписавш\w+"),
        ("states", r"государств\w*(?:-член\w+)?|правительств\w*"),
        ("secretariat", r"секретариат\w*|юнодк"),
        ("conference", r"конференц\w+(?: участников)?"),
        ("working_group", r"рабоч\w+ групп\w+"),
        ("international_organizations", r"международн\w+ организац\w+"),
        ("regional_organizations", r"региональн\w+ организац\w+"),
        ("civil_society", r"гражданск\w+ обществ\w*|неправительственн\w+ организац\w+"),
        ("private_sector", r"частн\w+ сектор\w*"),
    ),
    "zh": (
        ("states_not_parties", r"(?:尚未(?:成为|加入)[^,，。]{0,40}|非缔约)的?国家?"),
        ("states_parties", r"(?:各)?缔约国"),
        ("states_signatories", r"(?:各)?签署国"),
        ("states", r"会员国|各国(?:政府)?"),
        ("secretariat", r"秘书处|毒品和犯罪问题办公室|毒罪办"),
        ("conference", r"缔约方会议|缔约方大会"),
        ("working_group", r"工作组"),
        ("international_organizations", r"(?:有关)?国际组织"),
        ("regional_organizations", r"区域组织"),
        ("civil_society", r"民间社会|非政府组织"),
        ("private_sector", r"私营部门"),
    ),
}  # fmt: skip

_ARTICLE = {
    "ar": r"(?:و?(?:ال|لل|بال|ب|ل)|و)?",
    "en": r"(?:all |the |relevant |other )*",
    "fr": r"(?:tous |les |le |la |l'|aux |au |a la |des |du )*",
    "es": r"(?:todos |los |las |el |la |a los |a las |a la |al )*",
    "ru": r"(?:всем |все |соответствующим )*",
    "zh": r"",
}
_AND = {
    "ar": r"\s*،?\s*(?=و)",
    "en": r",? and |, ",
    "fr": r" et |, ",
    "es": r" y |, ",
    "ru": r" и |, ",
    "zh": r"[和、及与]",
}
_ASIDE = {
    "ar": r"(?:\s*،[^،.:]{1,160}،)?\s*",
    "en": r"(?:,[^,.:;]{1,160},)?\s+",
    "fr": r"(?:,[^,.:;]{1,160},)?\s+",
    "es": r"(?:,[^,.:;]{1,160},)?\s+",
    "ru": r"(?:,[^,.:;]{1,160},)?\s+",
    "zh": r"(?:[,，][^,，。]{1,60}[,，])?",
}

#: Shapes of asking: strength and pattern; WHO stands for those addressed, GAP for an aside between
#: commas, ONE for any one word. "consider" right behind turns should into should_consider.
_SHAPES: Mapping[str, tuple[tuple[Strength, str], ...]] = {
    "ar": (
        ("may", r"(?:يمكن\s+(?:تشجيع\s+)?|يجوز\s+(?:ان\s+ONE\s+)?)WHO"),
        ("is_encouraged", r"(?<!\w)و?(?:تشجع|يشجع)\s+(?:الفريق\s+العامل\s+|الموتمر\s+)?WHO"),
        ("shall", r"(?:يجب|يتعين|يلزم)(?:\s+علي)?GAP(?:ان\s+(?P<verb1>ONE)\s+)?WHO"),
        ("should", r"ينبغيGAPان\s+(?P<verb2>ONE)\s+WHO"),
        ("should", r"ينبغيGAPWHO"),
        ("should", r"(?<!\w)و?(?:اوصي|يوصي|توصي)\s+(?:الفريق\s+العامل|الموتمر|الاجتماع)\s+"
                   r"(?:بان\s+(?P<verb3>ONE)\s+)?WHO"),
    ),
    "en": (
        ("should", r"WHOGAP(?:should|ought\s+to|recommends?\s+that\s+WHO)"),
        ("should", r"recommend(?:s|ed)\s+that\s+WHO(?!GAP(?:may|shall|should|(?:is|are|be)\s+encour))"),
        ("shall", r"WHOGAP(?:shall|must|(?:is|are)\s+required\s+to)"),
        ("may", r"WHOGAP(?:may|might|could)(?:\s+wish\s+to)?"),
        ("is_encouraged", r"WHOGAP(?:is|are|be)\s+(?:also\s+|further\s+|strongly\s+)?(?:encouraged|"
                          r"invited|urged)\s+to"),
        ("is_encouraged", r"encourage[sd]?\s+WHO"),
    ),
    "fr": (
        ("should", r"WHOGAP(?:devraient|devrait)"),
        ("should", r"recommand(?:e|ait|er|ent|aient|a)\s+(?:que\s+|a\s+ce\s+que\s+)?WHO"),
        ("shall", r"WHOGAP(?:doivent|doit|sont\s+tenus\s+de)"),
        ("may", r"WHOGAP(?:peuvent|peut|pourraient|pourrait)"),
        ("is_encouraged", r"WHOGAP(?:sont|est|soient)\s+(?:aussi\s+|egalement\s+)?(?:encourage|"
                          r"invite|engage)e?s?\s+a"),
        ("is_encouraged", r"(?:encourager?|invite|engage)\s+WHO"),
    ),
    "es": (
        ("should", r"WHOGAP(?:deberian|deberia|debieran)"),
        ("should", r"recomend(?:o|aba|ar|aron)\s+que\s+WHO"),
        ("should", r"se\s+recomienda\s+(?:que\s+|a\s+)?WHO"),
        ("shall", r"WHOGAP(?:deberan|debera|deben|debe)"),
        ("may", r"WHOGAP(?:podran|podra|pueden|puede|podrian|podria)"),
        ("is_encouraged", r"se\s+(?:alienta|insta|invita|exhorta)\s+a?\s*WHO"),
        ("is_encouraged", r"alent(?:o|ar)\s+a?\s*WHO"),
    ),
    "ru": (
        ("should", r"WHOGAP(?:следует|следовало\s+бы)"),
        ("should", r"(?:рекомендует(?:ся)?|рекомендовала)\s+WHO"),
        ("shall", r"WHOGAP(?:должн\w+|обязан\w+)"),
        ("may", r"WHOGAP(?:могут|может|могли\s+бы)"),
        ("is_encouraged", r"WHOGAP(?:призыва\w+|поощря\w+|предлагается|рекомендуется)"),
        ("is_encouraged", r"(?:призыва\w+|поощря\w+)\s+WHO"),
    ),
    "zh": (
        ("is_encouraged", r"(?:鼓励|促请|请)WHO|WHO受到鼓励"),
        ("shall", r"WHOGAP(?:必须|须)"),
        ("should", r"WHOGAP(?:应当?|宜)|建议WHO(?!GAP(?:应|可|必须))"),
        ("may", r"WHOGAP(?:可以?|不妨)"),
    ),
}  # fmt: skip

_CONSIDER = {
    "ar": re.compile(
        r"(?:\s*،[^،.:]{1,160}،)?\s*(?:ان\s+)?(?:النظر(?!\w)|[تين]نظر(?!\w))|\s+باتاحه\s+النظر"
    ),
    "en": re.compile(r"(?:,[^,.:;]{1,160},)?\s*(?:also |further |to )*consider(?:ing)?\b"),
    "fr": re.compile(r"(?:,[^,.:;]{1,160},)?\s*(?:aussi |egalement )?(?:d')?envisager\b|\s*examiner la possib"),
    "es": re.compile(r"(?:,[^,.:;]{1,160},)?\s*(?:tambien )?considerar\b|\s*estudiar la posib|\s*examinar la posib"),
    "ru": re.compile(r"(?:,[^,.:;]{1,160},)?\s*(?:также )?(?:рассмотреть|рассматривать|изучить возможн)"),
    "zh": re.compile(r"(?:[,，][^,，。]{1,60}[,，])?\s*(?:也)?考虑"),
}  # fmt: skip
_CONSIDERING = {
    "ar": re.compile(r"^(?:و)?(?:النظر|ان\s+[تي]نظر)(?!\w)"),
    "en": re.compile(r"^(?:to )?consider(?:ing)?\b"),
    "fr": re.compile(r"^(?:d')?envisager\b"),
    "es": re.compile(r"^considerar\b|^(?:estudiar|examinar) la posib"),
    "ru": re.compile(r"^(?:рассмотреть|рассматривать|изучить возможн)"),
    "zh": re.compile(r"^考虑"),
}
_LOOKS = re.compile(r"^[تين]نظر$")


def _who(language: str) -> str:
    one = "|".join(f"(?:{pattern})" for _, pattern in _ADDRESSEES[language])
    article = _ARTICLE[language]
    return rf"(?:{article}(?:{one})(?:(?:{_AND[language]}){article}(?:{one})){{0,4}})"


def _compile(language: str) -> tuple[tuple[Strength, re.Pattern[str]], ...]:
    who, gap = _who(language), _ASIDE[language]
    shapes = []
    for strength, shape in _SHAPES[language]:
        # only the first WHO of a shape is read
        head, _, tail = shape.partition("WHO")
        pattern = f"{head}(?P<who>{who}){tail}" if shape.count("WHO") == 1 else None
        if pattern is None:
            pattern = _each(shape, who)
        pattern = pattern.replace("GAP", gap).replace("ONE", r"[^\s،.,:]{2,20}")
        shapes.append((strength, re.compile(pattern)))
    return tuple(shapes)


def _each(shape: str, who: str) -> str:
    count = 0

    def name(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"(?P<who{count}>{who})"

    return re.sub("WHO", name, shape)


_COMPILED = {language: _compile(language) for language in _SHAPES}
_EACH = {
    language: tuple((code, re.compile(pattern)) for code, pattern in addressees)
    for language, addressees in _ADDRESSEES.items()
}


def read_force(folded: str, language: str) -> Force | None:
    """The first thing a folded text asks of somebody; None where it asks nobody."""
    best: tuple[int, int, Strength, re.Match[str]] | None = None
    for rank, (strength, shape) in enumerate(_COMPILED[language]):
        match = shape.search(folded)
        if match is not None and (best is None or (match.start(), rank) < best[:2]):
            best = (match.start(), rank, strength, match)
    if best is None:
        return None
    start, _, strength, match = best
    if strength == "should" and _considers(match, folded, language):
        strength = "should_consider"
    who = next(value for name, value in match.groupdict().items() if name[:3] == "who" and value)
    return Force(strength=strength, addressees=addressees_in(who, language), start=start)


def _considers(match: re.Match[str], folded: str, language: str) -> bool:
    verbs = (value for name, value in match.groupdict().items() if name.startswith("verb"))
    if any(verb and _LOOKS.match(verb) for verb in verbs):
        return True
    return _CONSIDER[language].match(folded, match.end()) is not None


def begins_with_consider(folded: str, language: str) -> bool:
    """Whether a lettered item opens with "consider …"."""
    return _CONSIDERING[language].match(folded) is not None


def addressees_in(folded: str, language: str) -> tuple[str, ...]:
    """Codes of all addressed in a phrase, in its order."""
    found: list[tuple[int, str]] = []
    covered: list[tuple[int, int]] = []
    for code, pattern in _EACH[language]:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in covered):
                continue
            covered.append((start, end))
            found.append((start, code))
    return tuple(dict.fromkeys(code for _, code in sorted(found)))
