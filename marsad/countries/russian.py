"""Russian names in the cases a sentence puts them in.

Lists of those present stand in the nominative; those who spoke stand in the genitive:
«представители Австрии, Алжира и Беларуси».
"""

from __future__ import annotations

from collections.abc import Iterator

#: Endings: how a word ends in the nominative, and then in the genitive, dative, accusative,
#: instrumental and prepositional cases. The first that fits is taken.
_ENDINGS: tuple[tuple[str, tuple[str, str, str, str, str]], ...] = (
    ("ая", ("ой", "ой", "ую", "ой", "ой")),
    ("ый", ("ого", "ому", "ый", "ым", "ом")),
    ("кий", ("кого", "кому", "кий", "ким", "ком")),
    ("ной", ("ного", "ному", "ной", "ным", "ном")),
    ("ое", ("ого", "ому", "ое", "ым", "ом")),
    ("ные", ("ных", "ным", "ные", "ными", "ных")),
    ("кие", ("ких", "ким", "кие", "кими", "ких")),
    ("вы", ("вых", "вым", "вы", "выми", "вых")),
    ("острова", ("островов", "островам", "острова", "островами", "островах")),
    ("ия", ("ии", "ии", "ию", "ией", "ии")),
    ("ея", ("еи", "ее", "ею", "еей", "ее")),
    ("ья", ("ьи", "ье", "ью", "ьей", "ье")),
    ("ля", ("ли", "ле", "лю", "лей", "ле")),
    ("ка", ("ки", "ке", "ку", "кой", "ке")),
    ("га", ("ги", "ге", "гу", "гой", "ге")),
    ("а", ("ы", "е", "у", "ой", "е")),
    ("русь", ("руси", "руси", "русь", "русью", "руси")),
    ("ль", ("ля", "лю", "ль", "лем", "ле")),
    ("ство", ("ства", "ству", "ство", "ством", "стве")),
    ("ай", ("ая", "аю", "ай", "аем", "ае")),
    ("ей", ("ея", "ею", "ей", "еем", "ее")),
    ("ий", ("ия", "ию", "ий", "ием", "ии")),
    ("ы", ("", "ам", "ы", "ами", "ах")),
)
_PLURALS_WITH_OV = ("нды", "аты")
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_CASES = 5
_ADJECTIVES = ("ая", "ый", "кий", "ной", "ое", "ные", "кие")


def _case(word: str, case: int) -> str:
    """Return a word in one of the five other cases; words that have none stay as they are."""
    if word.endswith(_PLURALS_WITH_OV) and case == 0:
        return word[:-1] + "ов"
    for ending, others in _ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + others[case]
    if word[-1] in _CONSONANTS and len(word) > 2:
        return word + ("а", "у", "", "ом", "е")[case]
    return word


def _head(path: tuple[str, ...]) -> int:
    """Return how many words there are up to and with the first noun."""
    for place, word in enumerate(path):
        if not word.endswith(_ADJECTIVES):
            return place + 1
    return len(path)


def declined(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name in the other cases: its head alone, its last word alone, and all its words.

    «Республика Корея» is «Республики Корея», «Кот-д'Ивуар» «Кот-д'Ивуара», «Российская Федерация»
    «Российской Федерации».
    """
    head = _head(path)
    for case in range(_CASES):
        yield (*(_case(word, case) for word in path[:head]), *path[head:])
        yield (*path[:-1], _case(path[-1], case))
        yield tuple(_case(word, case) for word in path)
