from __future__ import annotations

from dataclasses import asdict

import pytest

from marsad import arabic
from marsad.library import knowing, problems
from marsad.library.actions import document as documents
from marsad.library.actions import remaking, ruling, teaching
from marsad.library.models import Taught, Version
from tests.library.doubtful import MEANT, MISREAD, engine_that_doubts
from tests.library.reports import ARABIC_REPORT, NOON
from tests.library.test_ruling import settle

#: A word of our own making, which no dictionary knows; twice, so that it is no slip.
STRANGE = "المرصدانية"
TEACHER = ARABIC_REPORT + f"\n\n٣- تعمل {STRANGE} على ذلك.\n\n٤- وتجتمع {STRANGE} كل عام.\n"


def lessons():
    return {each["what"]: each for each in Taught.objects.get().lessons}


@pytest.fixture
def asked(monkeypatch):
    """What knowledge each repair was given."""
    given = []
    repair = arabic.repair

    def noting(text, *args, **leaning_on):
        given.append(leaning_on.get("knowledge"))
        return repair(text, *args, **leaning_on)

    monkeypatch.setattr(arabic, "repair", noting)
    return given


def test_it_learns_words_from_public_texts_and_says_from_which(shelve):
    document = shelve(TEACHER)

    assert teaching.learn_anew(at=NOON)

    assert lessons()[STRANGE]["documents"] == [document.key]
    assert teaching.knowledge().words[STRANGE] == 2
    assert not teaching.learn_anew(at=NOON)  # nothing new


def test_it_hands_what_it_knows_to_the_repair_of_the_next_text(shelve, asked):
    shelve(TEACHER)
    teaching.learn_anew(at=NOON)

    shelve(ARABIC_REPORT.replace("2023", "2021").replace("٢٠٢٣", "٢٠٢١"))

    assert asked[0] is None
    assert STRANGE in asked[1].words


def test_it_never_learns_from_a_restricted_text_and_forgets_one_that_becomes_so(shelve, amal):
    document = shelve(TEACHER, access="restricted", open_to_roles=["librarian"])
    teaching.learn_anew(at=NOON)
    assert lessons() == {}
    assert STRANGE not in teaching.knowledge().words

    documents.restrict(document=document.key, access="public", open_to_roles=[], by=amal, at=NOON)
    teaching.learn_anew(at=NOON)
    assert STRANGE in teaching.knowledge().words

    documents.withdraw(document=document.key, by=amal, at=NOON)
    teaching.learn_anew(at=NOON)
    assert STRANGE not in teaching.knowledge().words


def test_it_never_learns_from_a_ruling_about_a_restricted_text(shelve, amal, monkeypatch):
    engine_that_doubts(monkeypatch, MISREAD)
    hidden = shelve(ARABIC_REPORT, access="restricted", open_to_roles=["librarian"])
    settle(hidden, "corrected", STRANGE, by=amal)
    teaching.learn_anew(at=NOON)

    assert STRANGE not in Taught.objects.get().knowledge
    assert Taught.objects.get().lessons == []


def test_it_lets_no_text_confirm_its_own_readings(shelve, asked):
    document = shelve(TEACHER)
    teaching.learn_anew(at=NOON)
    remaking.ask(document=document.key, by=remaking_by(), at=NOON)

    remaking.make_anew(document_id=document.pk, at=NOON)

    assert STRANGE not in asked[-1].words


def remaking_by():
    from marsad.directory.types import OPERATOR

    return OPERATOR


def test_it_learns_nothing_from_a_line_that_is_in_doubt(shelve, amal, monkeypatch):
    engine_that_doubts(monkeypatch, "وتجتمع")
    document = shelve(TEACHER)
    teaching.learn_anew(at=NOON)
    assert STRANGE not in teaching.knowledge().words  # once only, outside the doubtful line

    settle(document, "accepted", "", by=amal)
    remaking.make_anew(document_id=document.pk, at=NOON)
    teaching.learn_anew(at=NOON)
    assert teaching.knowledge().words[STRANGE] == 2


def test_it_learns_the_word_that_a_person_wrote_and_the_slip_they_mended(shelve, amal, monkeypatch):
    engine_that_doubts(monkeypatch, MISREAD)
    document = shelve(ARABIC_REPORT)
    made = settle(document, "corrected", STRANGE, by=amal)
    teaching.learn_anew(at=NOON)

    assert teaching.knowledge().words[STRANGE] == 2
    assert teaching.knowledge().confusions
    assert lessons()[MISREAD]["means"] == STRANGE

    ruling.take_back(ruling=made.key, by=amal, at=NOON)
    teaching.learn_anew(at=NOON)
    assert teaching.knowledge().confusions == {}


@pytest.fixture
def misread_copy(shelve):
    """A document whose repair shows a slip: a text layer had the word that a scan misread."""
    document = shelve(ARABIC_REPORT)
    change = arabic.Change(
        stage="copies",
        kind="copy_letters",
        line=1,
        source_start=0,
        source_end=5,
        before="الامم",
        after="الأمم",
        confidence=0.9,
        evidence="a test",
        candidates=("الامم",),
    )
    document.versions.update(changes=[asdict(change)])
    return document


def test_it_learns_slips_from_copies_beside_those_that_people_mended(
    shelve, misread_copy, amal, monkeypatch
):
    teaching.learn_anew(at=NOON)
    of_copies = teaching.knowledge().confusions
    assert of_copies == {"ا>أ": 1}

    engine_that_doubts(monkeypatch, MISREAD)
    other = shelve(ARABIC_REPORT.replace("2023", "2021").replace("٢٠٢٣", "٢٠٢١"))
    settle(other, "corrected", MISREAD.replace("ت", "ث"), by=amal)
    teaching.learn_anew(at=NOON)
    assert teaching.knowledge().confusions == {**of_copies, "ت>ث": 1}

    teaching.forget(kind="confusion", what=MISREAD, by=amal, at=NOON)
    teaching.learn_anew(at=NOON)
    assert teaching.knowledge().confusions == of_copies


def test_it_lets_no_text_confirm_its_own_slips(misread_copy):
    teaching.learn_anew(at=NOON)

    assert remaking.knowledge_for(misread_copy.versions.get()).confusions == {}


def test_it_leaves_out_what_was_to_be_forgotten_until_it_is_remembered(shelve, amal):
    shelve(TEACHER)
    teaching.learn_anew(at=NOON)

    teaching.forget(kind="word", what=STRANGE, by=amal, at=NOON)
    teaching.learn_anew(at=NOON)
    assert STRANGE not in teaching.knowledge().words
    assert not any(STRANGE in pair for pair in teaching.knowledge().pairs)
    assert STRANGE in lessons()

    teaching.remember(kind="word", what=STRANGE, by=amal, at=NOON)
    teaching.learn_anew(at=NOON)
    assert STRANGE in teaching.knowledge().words


def test_it_lets_only_curators_forget(shelve, reem):
    shelve(TEACHER)
    teaching.learn_anew(at=NOON)
    for act in (teaching.forget, teaching.remember):
        with pytest.raises(problems.NotALibrarian):
            act(kind="word", what=STRANGE, by=reem, at=NOON)


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", '{"version": 99}', '{"words": 3}'])
def test_it_does_without_a_damaged_model(shelve, damaged, caplog):
    shelve(TEACHER)
    teaching.learn_anew(at=NOON)
    Taught.objects.update(knowledge=damaged)

    assert teaching.knowledge() is None
    assert "not used" in caplog.text
    shelve(ARABIC_REPORT.replace("2023", "2021").replace("٢٠٢٣", "٢٠٢١"))
    assert Version.objects.count() == 2


def test_it_learns_from_changes_of_another_engine_too():
    kept = {"kind": "private_code", "novel": 1, "applied": True}
    required = dict.fromkeys(("stage", "before", "after", "evidence"), "") | dict.fromkeys(
        ("line", "source_start", "source_end", "confidence"), 0
    )

    repair = knowing.repair_of(source="", text="", changes=[{**required, **kept}])

    assert repair.changes[0].candidates == ()


def test_it_finds_the_places_of_rulings_again_when_the_file_reads_otherwise(
    shelve, amal, monkeypatch
):
    engine_that_doubts(monkeypatch, MISREAD)
    document = shelve(ARABIC_REPORT)
    settle(document, "corrected", MEANT, by=amal)
    version = document.versions.get()
    moved = ARABIC_REPORT.replace("الأمم المتحدة", "الأمم المتحدة\n\nنسخة أوضح", 1)

    ruling.place_anew(version, source=moved)
    kept = version.rulings.get()
    assert kept.is_placed
    assert moved[kept.start : kept.end] == kept.source

    version.source_text = moved
    ruling.place_anew(version, source=moved.replace(MISREAD, "مفتشات"))
    assert not version.rulings.get().is_placed
