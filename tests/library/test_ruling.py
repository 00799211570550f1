from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import OperationalError

from marsad.journal.models import Entry
from marsad.library import problems
from marsad.library.actions import document as documents
from marsad.library.actions import likeness, remaking, ruling, theme
from marsad.library.models import Doubt, Recommendation, Ruling
from marsad.library.queries import doubt as doubts
from marsad.library.queries import search as searches
from marsad.library.words import LikenessState, Place
from tests.library.doubtful import MEANT, MISREAD, engine_that_doubts
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT, NOON

SLIP = ARABIC_REPORT
#: Another copy of the same report, with other slips.
COPY = SLIP.replace("السجل", "الدفتر")


@pytest.fixture
def doubtful(shelve, monkeypatch):
    """A report with one doubtful word, in its second recommendation."""
    engine_that_doubts(monkeypatch, MISREAD)
    return shelve(SLIP, "slip.txt")


def settle(document, verdict="accepted", words=MEANT, *, by, version=None):
    version = version or document.versions.get()
    doubt = version.doubts.get()
    return ruling.settle(
        document=document.key,
        version=version.key,
        start=doubt.start,
        end=doubt.end,
        verdict=verdict,
        words=words,
        by=by,
        at=NOON,
    )


def made_anew(document):
    remaking.make_anew(document_id=document.pk, at=NOON)
    return document.versions.get(is_shown=True)


def second_recommendation(document):
    return document.recommendations.get(ident="2").texts.get(version__is_shown=True).text


def test_it_keeps_a_flagged_place_with_its_candidates(doubtful):
    doubt = Doubt.objects.get()

    assert (doubt.reads, doubt.candidates) == (MISREAD, [MEANT, "مفتش"])
    assert doubt.place == Place.RECOMMENDATION
    assert doubt.anchor == "rec-2"


def test_it_makes_the_text_anew_with_the_candidate_that_was_taken(doubtful, amal):
    settle(doubtful, by=amal)

    version = made_anew(doubtful)

    assert MEANT in version.text
    assert MISREAD not in version.text
    assert MISREAD in version.source_text
    assert MEANT in second_recommendation(doubtful)
    assert version.doubts.get().ruling == Ruling.objects.get()
    found = searches.search(reader=amal, typed="مراقبي العمل", filters=searches.Filters())
    assert any(hit.anchor == "rec-2" for hit in found.hits)


def test_it_holds_when_the_file_is_read_again_by_a_better_engine(doubtful, amal):
    settle(doubtful, "corrected", "مفتشات", by=amal)
    made_anew(doubtful)

    remaking.ask(document=doubtful.key, by=amal, at=NOON)
    version = made_anew(doubtful)

    assert "مفتشات" in version.text
    assert version.wanted_at is None
    assert not version.wants_reading


def test_it_goes_back_to_what_the_machine_had_when_it_is_taken_back(doubtful, amal):
    before = doubtful.versions.get().text
    made = settle(doubtful, by=amal)
    made_anew(doubtful)

    ruling.take_back(ruling=made.key, by=amal, at=NOON)
    version = made_anew(doubtful)

    assert version.text == before
    assert version.doubts.get().ruling is None
    with pytest.raises(problems.NoSuchRuling):
        ruling.take_back(ruling=made.key, by=amal, at=NOON)


def test_it_returns_to_the_earlier_ruling_when_the_later_is_taken_back(doubtful, amal):
    settle(doubtful, "corrected", "مفتشات", by=amal)
    later = settle(doubtful, by=amal)
    ruling.take_back(ruling=later.key, by=amal, at=NOON)

    assert "مفتشات" in made_anew(doubtful).text


def test_it_keeps_a_place_as_it_came(shelve, amal):
    document = shelve(ARABIC_REPORT.replace("السجل.", "السجـــل."), "stretched.txt")
    version = document.versions.get()
    start = version.source_text.index("السجـــل")
    assert "السجل" in version.text

    ruling.settle(
        document=document.key,
        version=version.key,
        start=start,
        end=start + len("السجـــل"),
        verdict="rejected",
        by=amal,
        at=NOON,
    )

    assert "السجـــل" in made_anew(document).text


def test_it_leaves_themes_and_likenesses_as_people_decided_them(doubtful, shelve, amal):
    other = shelve(SLIP.replace("2023", "2021").replace("٢٠٢٣", "٢٠٢١").replace("WG.9", "WG.8"))
    mine, theirs = (each.recommendations.get(ident="2") for each in (doubtful, other))
    theme.set_themes(recommendation=mine.pk, codes=["prevention"], by=amal, at=NOON)
    likeness.decide(
        first=mine.pk, second=theirs.pk, state=LikenessState.CONFIRMED, by=amal, at=NOON
    )
    settle(doubtful, by=amal)

    made_anew(doubtful)

    kept = doubtful.recommendations.get(ident="2")
    assert [link.theme_id for link in kept.theme_links.all()] == ["prevention"]
    assert (kept.likenesses.all() | kept.liked_by.all()).get().state == LikenessState.CONFIRMED


def test_it_hands_decisions_to_a_recommendation_whose_number_was_misread(doubtful, amal):
    wrong = doubtful.recommendations.get(ident="3")
    theme.set_themes(recommendation=wrong.pk, codes=["prevention"], by=amal, at=NOON)
    version = doubtful.versions.get()
    start = version.source_text.index("التوصية ٣")

    ruling.settle(
        document=doubtful.key,
        version=version.key,
        start=start,
        end=start + len("التوصية ٣"),
        verdict="corrected",
        words="التوصية ٤",
        by=amal,
        at=NOON,
    )
    made_anew(doubtful)

    right = Recommendation.objects.get(ident="4")
    assert [link.theme_id for link in right.theme_links.all()] == ["prevention"]
    assert not Recommendation.objects.filter(ident="3").exists()
    assert doubtful.versions.get().former_anchors == {"rec-3": "rec-4"}


def test_it_repeats_a_ruling_about_one_copy_in_another_that_reads_the_same(doubtful, shelve, amal):
    made = settle(doubtful, by=amal)
    made_anew(doubtful)

    assert shelve(COPY, "copy.txt") == doubtful
    remaking.make_anew(document_id=doubtful.pk, at=NOON)

    copy = doubtful.versions.get(file_name="copy.txt")
    assert MEANT in copy.text
    assert copy.rulings.get().carried_from == made
    ruling.take_back(ruling=made.key, by=amal, at=NOON)
    remaking.make_anew(document_id=doubtful.pk, at=NOON)
    copy.refresh_from_db()
    assert MISREAD in copy.text


def test_it_makes_both_copies_anew_with_the_other_beside_it(shelve, amal):
    shelve(SLIP, "slip.txt")
    document = shelve(COPY, "copy.txt")
    assert document.versions.filter(wanted_at__isnull=False).count() == 2
    first = document.versions.get(file_name="slip.txt")

    copy = document.versions.get(file_name="copy.txt")
    assert [each.text for each in remaking.copies_of(first)] == [copy.source_text]
    assert remaking.make_anew(document_id=document.pk, at=NOON) == 2
    assert remaking.make_anew(document_id=document.pk, at=NOON) == 0


def test_it_does_not_lean_on_a_copy_that_was_taken_out(shelve, amal):
    shelve(SLIP, "slip.txt")
    document = shelve(COPY, "copy.txt")
    remaking.make_anew(document_id=document.pk, at=NOON)
    copy = document.versions.get(file_name="copy.txt")

    own = documents.separate(document=document.key, version=copy.key, by=amal, at=NOON)

    assert own.versions.get().wanted_at is not None
    assert document.versions.get().wanted_at is not None
    assert remaking.copies_of(own.versions.get()) == []


def test_it_leaves_the_text_as_it_was_when_the_engine_breaks(doubtful, amal, monkeypatch):
    from marsad import arabic

    def broken(*args, **kwargs):
        raise RuntimeError("words of a restricted text")

    before = doubtful.versions.get().text
    settle(doubtful, by=amal)
    monkeypatch.setattr(arabic, "repair", broken)

    version = made_anew(doubtful)

    assert version.text == before
    assert version.made_fault == "RuntimeError"
    assert version.wanted_at is None


def test_it_gives_up_on_a_text_that_stops_its_worker(doubtful, amal):
    settle(doubtful, by=amal)
    doubtful.versions.update(made_attempts=remaking.MOST_ATTEMPTS)

    version = made_anew(doubtful)

    assert version.wanted_at is None
    assert version.made_fault


def test_it_writes_down_who_ruled_and_not_what_they_typed(doubtful, amal):
    settle(doubtful, "corrected", "مفتشات", by=amal)

    line = Entry.objects.filter(action="library.ruling.settle").get()

    assert line.by == amal
    assert "مفتشات" not in str(line.details)


@pytest.mark.parametrize("words", ["", "  ", "ا" * 1000])
def test_it_refuses_a_correction_that_cannot_be_one(doubtful, amal, words):
    with pytest.raises((problems.NothingTyped, problems.TooMuchTyped)):
        settle(doubtful, "corrected", words, by=amal)


@pytest.mark.parametrize(("start", "end"), [(0, 10**8), (10**8, 10**8 + 1), (5, 5), (9, 3)])
def test_it_refuses_a_place_that_is_not_there(doubtful, amal, start, end):
    with pytest.raises(problems.NoSuchPlace):
        ruling.settle(
            document=doubtful.key,
            version=doubtful.versions.get().key,
            start=start,
            end=end,
            verdict="accepted",
            by=amal,
            at=NOON,
        )


def test_it_refuses_those_who_may_not_curate(doubtful, amal, reem, basma, nobody, public):
    made = settle(doubtful, by=amal)
    for person in (reem, basma, nobody, public):
        with pytest.raises(problems.NotALibrarian):
            settle(doubtful, by=person)
        with pytest.raises(problems.NotALibrarian):
            ruling.take_back(ruling=made.key, by=person, at=NOON)
        with pytest.raises(problems.NotALibrarian):
            doubts.review(reader=person, choice=doubts.Choice())
        with pytest.raises(problems.NotALibrarian):
            remaking.ask(document=doubtful.key, by=person, at=NOON)


def test_it_counts_no_doubt_of_a_withdrawn_document(doubtful, amal):
    assert doubts.progress(reader=amal, choice=doubts.Choice()) == (0, 1)

    documents.withdraw(document=doubtful.key, by=amal, at=NOON)

    assert doubts.progress(reader=amal, choice=doubts.Choice()) == (0, 0)


def test_it_drops_what_was_carried_from_a_copy_that_was_taken_out(doubtful, shelve, amal):
    settle(doubtful, by=amal)
    shelve(COPY, "copy.txt")
    remaking.make_anew(document_id=doubtful.pk, at=NOON)
    copy = doubtful.versions.get(file_name="copy.txt")
    assert copy.rulings.exists()

    own = documents.separate(document=doubtful.key, version=copy.key, by=amal, at=NOON)
    remaking.make_anew(document_id=own.pk, at=NOON)

    assert not copy.rulings.exists()
    assert MISREAD in own.versions.get().text


def test_it_keeps_a_ruling_that_is_made_while_the_text_is_being_made(doubtful, amal, monkeypatch):
    settle(doubtful, "corrected", "مفتشات", by=amal)
    understand = remaking.understand_text
    later = NOON.replace(hour=13)

    def somebody_rules_meanwhile(*args, **kwargs):
        if not Ruling.objects.filter(at=later).exists():
            doubt = Doubt.objects.get()
            ruling.settle(
                document=doubtful.key,
                version=doubt.version.key,
                start=doubt.start,
                end=doubt.end,
                verdict="accepted",
                words=MEANT,
                by=amal,
                at=later,
            )
        return understand(*args, **kwargs)

    monkeypatch.setattr(remaking, "understand_text", somebody_rules_meanwhile)

    assert MEANT in made_anew(doubtful).text


def test_it_corrects_a_text_in_another_language(shelve, amal):
    document = shelve(ENGLISH_REPORT)
    version = document.versions.get()
    start = version.source_text.index("register every")

    ruling.settle(
        document=document.key,
        version=version.key,
        start=start,
        end=start + len("register"),
        verdict="corrected",
        words="license",
        by=amal,
        at=NOON,
    )

    assert "license every" in made_anew(document).text
    assert "license every" in document.recommendations.get(ident="1").texts.get().text


# ── when a file reads otherwise than it did ──────────────────────────────────────────────────────
#: The same file as another engine reads it: a letter more on the first line moves all places.
READ_ANEW = SLIP.replace("الأمم", "االأمم", 1)


@pytest.fixture
def read_anew_as(amal, monkeypatch):
    """Ask for a document to be read again, and say how its file reads then."""

    def ask(document, text):
        read_file = remaking.read_file
        monkeypatch.setattr(
            remaking,
            "read_file",
            lambda *args, **told: replace(read_file(*args, **told), text=text),
        )
        remaking.ask(document=document.key, by=amal, at=NOON)

    return ask


def is_at_its_place(made, *, source=MISREAD):
    made.refresh_from_db()
    made.version.refresh_from_db()
    there = made.version.source_text[made.start : made.end]
    return made.is_placed and there == made.source == source


def test_it_carries_a_ruling_to_its_words_in_a_copy_that_was_read_anew(
    doubtful, shelve, amal, read_anew_as
):
    shelve(COPY, "copy.txt")
    remaking.make_anew(document_id=doubtful.pk, at=NOON)
    settle(doubtful, by=amal, version=doubtful.versions.get(file_name="slip.txt"))
    read_anew_as(doubtful, COPY.replace("الأمم", "االأمم", 1))

    remaking.make_anew(document_id=doubtful.pk, at=NOON)

    copy = doubtful.versions.get(file_name="copy.txt")
    assert is_at_its_place(copy.rulings.get())
    assert f"تدريب {MEANT} العمل" in copy.text
    assert copy.wanted_at is None


def test_it_carries_no_ruling_to_a_line_that_says_the_same_twice(doubtful, shelve, amal):
    settle(doubtful, by=amal)
    said = f"تشجع الدول الأطراف على تدريب {MISREAD} العمل على تمييز"
    shelve(COPY.replace(said, f"{said} ثم {said}"), "copy.txt")

    remaking.make_anew(document_id=doubtful.pk, at=NOON)

    assert not doubtful.versions.get(file_name="copy.txt").rulings.exists()


def test_it_finds_a_ruling_again_when_a_worker_died_while_the_file_was_read_anew(
    doubtful, amal, read_anew_as, monkeypatch
):
    made = settle(doubtful, by=amal)
    made_anew(doubtful)
    read_anew_as(doubtful, READ_ANEW)
    understand = remaking.understand_text

    def dies(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(remaking, "understand_text", dies)
    with pytest.raises(OperationalError):
        made_anew(doubtful)
    assert is_at_its_place(made)

    monkeypatch.setattr(remaking, "understand_text", understand)
    assert f"تدريب {MEANT} العمل" in made_anew(doubtful).text
    assert is_at_its_place(made)


def test_it_leaves_rulings_where_they_were_when_the_text_made_anew_is_not_taken(
    doubtful, amal, read_anew_as, monkeypatch
):
    made = settle(doubtful, by=amal)
    made_anew(doubtful)
    understand = remaking.understand_text
    for understood in (
        lambda *args, **told: 1 / 0,
        lambda *args, **told: replace(understand(*args, **told), language="en"),
    ):
        monkeypatch.setattr(remaking, "understand_text", understood)
        read_anew_as(doubtful, READ_ANEW)
        made_anew(doubtful)
        assert is_at_its_place(made)

    monkeypatch.setattr(remaking, "understand_text", understand)
    doubtful.versions.update(wanted_at=NOON)
    assert f"تدريب {MEANT} العمل" in made_anew(doubtful).text


def test_it_finds_a_ruling_again_that_was_made_while_the_file_was_read_anew(
    doubtful, amal, read_anew_as, monkeypatch
):
    read_anew_as(doubtful, READ_ANEW)
    understand = remaking.understand_text

    def somebody_rules_meanwhile(*args, **kwargs):
        if not Ruling.objects.exists():
            settle(doubtful, by=amal)
            doubtful.versions.update(wanted_at=NOON.replace(hour=13))
        return understand(*args, **kwargs)

    monkeypatch.setattr(remaking, "understand_text", somebody_rules_meanwhile)

    assert f"تدريب {MEANT} العمل" in made_anew(doubtful).text
    assert is_at_its_place(Ruling.objects.get())


def test_it_shows_a_ruling_whose_place_is_gone_as_lost(doubtful, amal, read_anew_as):
    made = settle(doubtful, by=amal)
    made_anew(doubtful)
    read_anew_as(doubtful, SLIP.replace(MISREAD, "مفتشات"))

    assert "مفتشات" in made_anew(doubtful).text

    assert [each.key for each in doubts.lost(reader=amal)] == [made.key]


def test_it_shows_a_ruling_as_lost_that_is_not_where_its_source_says(doubtful, amal):
    made = settle(doubtful, by=amal)
    Ruling.objects.update(start=made.start + 1, end=made.end + 1)

    made_anew(doubtful)

    assert [each.key for each in doubts.lost(reader=amal)] == [made.key]


def test_it_tells_words_that_read_the_same_by_what_is_around_them(shelve, amal, read_anew_as):
    document = shelve(SLIP)
    version = document.versions.get()
    start = version.source_text.index("ينبغي")
    made = ruling.settle(
        document=document.key,
        version=version.key,
        start=start,
        end=start + len("ينبغي"),
        verdict="corrected",
        words="يجب",
        by=amal,
        at=NOON,
    )
    front, first, second, third = SLIP.strip().split("التوصية ")
    read_anew_as(document, "التوصية ".join([front, third + "\n\n", second, first]))

    text = made_anew(document).text

    assert is_at_its_place(made, source="ينبغي")
    assert "يجب للدول" in text
    assert "ينبغي للأمانة" in text
