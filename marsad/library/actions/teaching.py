"""What the shelf teaches the engine: words, font codes, misreadings.

Only public documents teach, because what one text teaches can show in the next: a restricted
document profits from the public ones and gives nothing away, not even to its own kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from rapidfuzz.distance import Levenshtein

from marsad import arabic
from marsad.arabic import dictionary
from marsad.directory.types import Reader
from marsad.journal import actions as journal
from marsad.library import knowing, problems, spots
from marsad.library.actions import shelf
from marsad.library.models import Forgotten, Ruling, Taught, Version
from marsad.library.queries import rights
from marsad.library.words import Access, LessonKind

#: As often as the engine must have met a word to be sure of it.
_SURE = 2
#: A lesson names this many of the documents it comes from.
_DOCUMENTS_NAMED = 3
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_WORD = re.compile("[\u0621-\u064a\u0671]+")


def teachers() -> QuerySet[Version]:
    """The versions that teach: shown, Arabic, of documents that are public and on the shelf."""
    return Version.objects.filter(
        is_shown=True,
        language="ar",
        document__access=Access.PUBLIC,
        document__withdrawn_at__isnull=True,
    ).order_by("pk")


def knowledge() -> arabic.Knowledge | None:
    """What was learned last; none before the first time, or where it is damaged."""
    kept = Taught.objects.first()
    return knowing.read(kept.knowledge) if kept is not None else None


def learn_anew(*, at: datetime) -> bool:
    """Learn from the public shelf as it is now; whether there was anything new.

    What a person wanted forgotten is left out.
    """
    forgotten = {(each.kind, each.what) for each in Forgotten.objects.all()}
    fingerprint = _fingerprint(forgotten)
    kept = Taught.objects.first()
    if kept and kept.fingerprint == fingerprint and knowing.read(kept.knowledge) is not None:
        return False
    versions = list(
        teachers()
        .select_related("document")
        .only("source_text", "text", "changes", "document__key")
    )
    confusions = _confusions()
    learned = _with_rulings(arabic.learn(map(lesson_of, versions)), confusions)
    lessons = [
        *_code_lessons(learned, versions=versions),
        *confusions,
        *_word_lessons(learned, versions=versions),
    ]
    with transaction.atomic():
        shelf.hold("taught")
        Taught.objects.all().delete()
        Taught.objects.create(
            knowledge=_without(learned, forgotten, confusions=confusions).to_json(),
            lessons=lessons,
            fingerprint=fingerprint,
            learned_at=at,
        )
    return True


def lesson_of(version: Version) -> arabic.Repair:
    """What a version can teach: its text without the lines in which a place is in doubt."""
    lines = spots.lines_of(version.text)
    doubtful = version.doubts.filter(ruling=None).values_list("line", flat=True)
    for number in doubtful:
        if number <= len(lines):
            lines[number - 1] = ""
    return knowing.repair_of(
        source=version.source_text, text="\n".join(lines), changes=version.changes
    )


def _with_rulings(
    learned: arabic.Knowledge, confusions: Iterable[Mapping[str, Any]]
) -> arabic.Knowledge:
    """A word that a person wrote is a word, though it be met once; and a slip is a slip."""
    words = dict(learned.words)
    for each in confusions:
        words[each["means"]] = max(words.get(each["means"], 0), _SURE)
    slipped = Counter(learned.confusions) + Counter(slips(confusions))
    return replace(learned, words=words, confusions=dict(slipped))


def slips(confusions: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The letters taken for others, «read>right», with how often.

    >>> slips([{"what": "abd", "means": "acd", "count": 2}])
    {'b>c': 2}
    """
    found: Counter[str] = Counter()
    for each in confusions:
        read, right = each["what"], each["means"]
        for edit in Levenshtein.editops(read, right):
            there = "" if edit.tag == "insert" else read[edit.src_pos]
            here = "" if edit.tag == "delete" else right[edit.dest_pos]
            found[f"{there}>{here}"] += each["count"]
    return dict(found)


def _fingerprint(forgotten: Iterable[tuple[str, str]]) -> str:
    taught_by = teachers().values_list("key", "made_at", "added_at", "file_name")
    ruled = _teaching_rulings().values_list("key", "after")
    return sha256(repr((list(taught_by), list(ruled), sorted(forgotten))).encode()).hexdigest()


def _without(
    learned: arabic.Knowledge,
    forgotten: Iterable[tuple[str, str]],
    *,
    confusions: Iterable[Mapping[str, Any]],
) -> arabic.Knowledge:
    words = {what for kind, what in forgotten if kind == LessonKind.WORD}
    codes = {what for kind, what in forgotten if kind == LessonKind.CODE}
    misread = {what for kind, what in forgotten if kind == LessonKind.CONFUSION}
    return replace(
        learned,
        words={word: count for word, count in learned.words.items() if word not in words},
        pairs={
            pair: count
            for pair, count in learned.pairs.items()
            if not words.intersection(pair.split(" "))
        },
        codes={
            code: means for code, means in learned.codes.items() if code_name(code) not in codes
        },
        confusions=knowing.less(
            learned.confusions, slips(each for each in confusions if each["what"] in misread)
        ),
    )


def code_name(code: str) -> str:
    """A private code as people write it.

    >>> code_name(chr(0xE814))
    'U+E814'
    """
    return f"U+{ord(code):04X}" if len(code) == 1 else code


def _teaching_rulings() -> QuerySet[Ruling]:
    return Ruling.objects.filter(
        taken_back_at__isnull=True,
        carried_from__isnull=True,
        version__language="ar",
        version__document__access=Access.PUBLIC,
        version__document__withdrawn_at__isnull=True,
    ).order_by("pk")


def _confusions() -> list[dict[str, Any]]:
    """Words that people read otherwise than the machine had them: one word for one word."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ruling in _teaching_rulings().select_related("version__document"):
        before, after = ruling.before.split(), ruling.after.split()
        if len(before) != len(after):
            continue
        for misread, meant in zip(before, after, strict=True):
            if misread != meant and _WORD.search(misread) and _WORD.search(meant):
                found[misread, meant].append(ruling.version.document.key)
    return [
        {
            "kind": LessonKind.CONFUSION.value,
            "what": misread,
            "means": meant,
            "count": len(keys),
            "documents": list(dict.fromkeys(keys))[:_DOCUMENTS_NAMED],
        }
        for (misread, meant), keys in found.items()
    ]


def _code_lessons(
    learned: arabic.Knowledge, *, versions: Sequence[Version]
) -> list[dict[str, Any]]:
    return [
        {
            "kind": LessonKind.CODE.value,
            "what": code_name(code),
            "means": means,
            "count": sum(version.source_text.count(code) for version in versions),
            "documents": _holding(versions, code),
        }
        for code, means in learned.codes.items()
    ]


def _holding(versions: Iterable[Version], code: str) -> list[str]:
    keys = [each.document.key for each in versions if code in each.source_text]
    return list(dict.fromkeys(keys))[:_DOCUMENTS_NAMED]


def _word_lessons(
    learned: arabic.Knowledge, *, versions: Sequence[Version]
) -> list[dict[str, Any]]:
    """The words no dictionary and no list of ours knows: those that the shelf alone teaches."""
    new = {word: count for word, count in learned.words.items() if not dictionary.known(word)}
    where: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for version in versions:
        for word in new.keys() & set(_WORD.findall(_MARKS.sub("", version.text))):
            where[word][version.document.key] = None
    return [
        {
            "kind": LessonKind.WORD.value,
            "what": word,
            "means": "",
            "count": count,
            "documents": list(where[word])[:_DOCUMENTS_NAMED],
        }
        for word, count in sorted(new.items(), key=lambda pair: (-pair[1], pair[0]))
        if where[word]
    ]


# ── forgetting ───────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def forget(*, kind: str, what: str, by: Reader, at: datetime) -> None:
    """Do not use a lesson any more; `remember` brings it back.

    :raises NotALibrarian: if the person may not.
    :raises NoSuchLesson: if nothing of the kind was taught.
    """
    rights.require_curator(by)
    kept = Taught.objects.first()
    known = kept is not None and any(
        each["kind"] == kind and each["what"] == what for each in kept.lessons
    )
    if not known:
        raise problems.NoSuchLesson
    forgotten, _made = Forgotten.objects.get_or_create(
        kind=kind, what=what, defaults={"by": rights.person_of(by), "at": at}
    )
    _journal("library.lesson.forget", forgotten, by=by, at=at)


@transaction.atomic
def remember(*, kind: str, what: str, by: Reader, at: datetime) -> None:
    """Use a lesson again that was to be forgotten.

    :raises NotALibrarian: if the person may not.
    :raises NoSuchLesson: if it was not forgotten.
    """
    rights.require_curator(by)
    forgotten = Forgotten.objects.filter(kind=kind, what=what).first()
    if forgotten is None:
        raise problems.NoSuchLesson
    _journal("library.lesson.remember", forgotten, by=by, at=at)
    forgotten.delete()


def _journal(action: str, on: Forgotten, *, by: Reader, at: datetime) -> None:
    journal.record(action=action, on=on, by=rights.person_of(by), at=at, details={"kind": on.kind})


__all__ = ["forget", "knowledge", "learn_anew", "remember", "teachers"]
