"""It tells copies of one document, and makes one sound text of two damaged ones."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from marsad import arabic
from marsad.arabic.copies import SCAN, TEXT_LAYER, extraction_of
from marsad.arabic.copies.verdict import judge
from marsad.arabic.damage import RECIPES, copies, damage
from marsad.arabic.letters import MARKS, letters_and_digits, without_marks

CORPUS = Path(arabic.__file__).parent / "data" / "corpus"
CLEAN = (CORPUS / "victims.txt").read_text(encoding="utf-8")[:3_500]
OTHER = (CORPUS / "demand.txt").read_text(encoding="utf-8")[:3_500]

#: Two lines of a page as its text layer has them, and as a scan reads the page.
LAYER = (
    "من أجل حماية الضـحايا  -٧\n"
    "وتعرض الأمانة في تقريرها. والشـهود في جميع مراحل التحقيق      \n"
    "ما اتخذته الدول الأطراف من تدابير"
)
PAGE = (
    "٧- من أجل حماية الضحايا والشهود في جميع مراحل التحقيق. وتعرض الأمانة في تقريرها ما اتخدته "
    "الدول الأطراف من تدابير"
)


def bare(text: str) -> str:
    text = re.sub(r"\s+", " ", without_marks(unicodedata.normalize("NFKC", text)))
    return re.sub(r"\s*([^\w\s])\s*", r"\1", text).strip()


def error_rate(text: str, truth: str) -> float:
    got, want = bare(text), bare(truth)
    return Levenshtein.distance(got, want) / len(want)


def two(first: str, second: str, *, seed: int = 1) -> tuple[str, str, str]:
    made = copies(
        CLEAN,
        seed=seed,
        recipes=[
            replace(RECIPES[name], width=0 if name == "ocr" else width)
            for name, width in ((first, 80), (second, 95))
        ],
    )
    return made[0].text, made[1].text, made[0].truth


def test_it_tells_copies_of_one_document_however_they_were_damaged():
    layer, scan, _ = two("justified", "ocr")

    assert arabic.are_copies(layer, scan)
    assert arabic.are_copies(scan, layer)
    assert not arabic.are_copies(scan, OTHER)


def test_it_takes_a_part_for_a_copy():
    layer, scan, _ = two("justified", "ocr")

    likeness = arabic.compare(layer[: len(layer) // 3], scan)

    assert likeness.copies
    assert likeness.of_first > 2 * likeness.of_second


@pytest.mark.parametrize("empty", ["", " \n", "...", "١"])
def test_it_takes_nothing_for_no_copy(empty):
    assert not arabic.are_copies(CLEAN, empty)
    assert not arabic.are_copies(empty, CLEAN)


def test_it_tells_a_text_layer_from_a_scan():
    layer, scan, _ = two("justified", "ocr")

    assert extraction_of(layer) == TEXT_LAYER
    assert extraction_of(scan) == SCAN


def test_it_takes_order_from_the_scan_and_letters_from_the_text_layer():
    made = arabic.repair(LAYER, copies=[PAGE])

    assert made.text.split("\n") == [
        "٧- من أجل حماية الضحايا",
        "والشهود في جميع مراحل التحقيق. وتعرض الأمانة في تقريرها",
        "ما اتخذته الدول الأطراف من تدابير",
    ]
    kept = [change for change in made.changes if change.kind == "copy_letters"]
    assert [(change.before, change.candidates) for change in kept] == [("اتخذته", ("اتخدته",))]


def test_it_takes_letters_for_the_scan_from_the_text_layer():
    made = arabic.repair(PAGE, copies=[arabic.Copy(text=LAYER, name="layer.pdf")])

    assert made.text == PAGE.replace("اتخدته", "اتخذته")
    (change,) = [change for change in made.changes if change.stage == "copy_letters"]
    assert change.text_changed
    assert change.candidates == ("اتخدته", "اتخذته")
    assert "layer.pdf" in change.evidence


@pytest.mark.parametrize(
    ("first", "second", "most"),
    [
        ("justified", "ocr", 0.001),
        ("pieces", "ocr", 0.001),
        ("office", "ocr", 0.001),
        ("ocr", "justified", 0.0015),
        ("ocr", "pieces", 0.0015),
    ],
)
def test_it_makes_one_sound_text_of_two_damaged_ones(first, second, most):
    text, other, truth = two(first, second)

    made = arabic.repair(text, copies=[other])

    assert error_rate(made.text, truth) <= most
    assert not made.discarded


def test_it_conserves_the_letters_of_a_text_layer_that_a_scan_orders():
    layer, scan, _ = two("pieces", "ocr")

    made = arabic.repair(layer, copies=[scan])

    for line in made.lines:
        if not any(change.text_changed for change in line.changes):
            assert letters_and_digits(line.source) == letters_and_digits(line.text)


def test_it_mends_what_a_partial_copy_covers_and_leaves_the_rest_as_alone():
    layer, scan, truth = two("justified", "ocr")
    half = scan[: len(scan) // 2]

    made = arabic.repair(layer, copies=[half])
    middle = len(made.lines) * 2 // 5

    first = "\n".join(line.text for line in made.lines[:middle])
    assert error_rate(first, "\n".join(truth.split("\n")[:middle])) < 0.002


def test_it_is_not_led_astray_by_footnotes_and_page_furniture():
    layer, scan, truth = two("justified", "ocr")
    words = scan.split(" ")
    note = "\n\n(1) انظر الوثيقة المعنونة ملخص المناقشات، الفقرة ٩٩.\n\n7/17 V.09-99999\n\n"
    places = range(120, len(words), 120)
    cut = " ".join(note + word if at in places else word for at, word in enumerate(words))

    made = arabic.repair(layer, copies=[cut])

    assert error_rate(made.text, truth) <= 0.002


def test_it_finds_a_passage_that_stands_elsewhere_in_the_copy():
    paragraphs = [line for line in CLEAN.split("\n") if len(line) > 200][:8]
    first = "\n".join(paragraphs)
    second = "\n".join([*paragraphs[5:], *paragraphs[:5]])
    layer = damage(first, rng=random.Random(1), recipe=RECIPES["justified"])

    made = arabic.repair(layer.text, copies=[arabic.Copy(text=second, extraction=SCAN)])

    assert error_rate(made.text, layer.truth) <= 0.002


def test_it_says_when_a_copy_is_another_document_and_repairs_the_text_alone():
    layer, _, _ = two("justified", "ocr")

    made = arabic.repair(layer, copies=[arabic.Copy(text=OTHER, name="other.txt")])

    assert made.text == arabic.repair(layer).text
    (note,) = [note for note in made.notes if note.code == "arabic.not-a-copy"]
    assert note.details == {"name": "other.txt"}


def test_it_leaves_a_clean_text_byte_for_byte_where_the_copy_agrees():
    layer, _, _ = two("justified", "ocr")

    assert arabic.repair(CLEAN, copies=[CLEAN]).text == CLEAN
    assert bare(arabic.repair(CLEAN, copies=[layer]).text) == bare(CLEAN)


def test_it_never_changes_digits_but_shows_both_readings():
    page = PAGE.replace("٧-", "١٧-") + " منذ عام ٢٠٠٨ حتى عام ٢٠١٢ وما بعده"
    layer = LAYER + "\nوما بعده منذ عام ٢٠٠٩ حتى عام ٢٠١٢"

    made = arabic.repair(page, copies=[layer])

    assert "٢٠٠٨" in made.text
    assert "٢٠٠٩" not in made.text
    shown = [change for change in made.changes if change.kind == "copy_digits"]
    assert ("٢٠٠٨", ("٢٠٠٩",)) in [(change.before, change.candidates) for change in shown]
    assert not any(change.applied for change in shown)


def test_it_lets_the_majority_of_scans_decide_between_words():
    one = "**تقرير** وأشير إلى حملة من التدابير التي اتخذتها الدول الأطراف في هذا المجال"
    other = one.replace("حملة", "جملة")

    alone = arabic.repair(one, copies=[other])
    outvoted = arabic.repair(one, copies=[other, other.replace("**", "")])

    assert "حملة" in alone.text
    flagged = [change for change in alone.changes if not change.applied]
    assert [(change.before, change.candidates) for change in flagged] == [("حملة", ("جملة",))]
    assert "جملة" in outvoted.text


def test_it_takes_no_marks_from_a_scan():
    layer = LAYER
    page = PAGE.replace("اتخدته", "اتّخذتُه").replace("حماية", "حِمايةَ")

    made = arabic.repair(layer, copies=[page])

    assert not any(sign in MARKS for sign in made.text)


def test_it_reads_a_private_code_off_the_copy():
    layer = "بالعدالة  -٣\nأيدي  إ\ue7ff لى\nكما دعت المنظمات الــدول"
    page = "٣- بالعدالة أيدي إسلى\nكما دعت المنظمات الدول"

    made = arabic.repair(layer, copies=[arabic.Copy(text=page, extraction=SCAN)])

    assert made.text.count("\ue7ff") <= 1


def test_it_takes_back_what_a_copy_changed():
    layer, scan, _ = two("justified", "ocr")
    made = arabic.repair(layer, copies=[scan])

    assert arabic.undo(made, *range(len(made.changes))).text == layer


def test_it_believes_each_kind_of_copy_where_it_is_right():
    verdict = judge("المهريين", "المهربين", first_kind=SCAN, second_kind=TEXT_LAYER)
    assert (verdict.wins, verdict.rule) == ("second", "text_layer")
    verdict = judge("المهريين", "المهربين", first_kind=TEXT_LAYER, second_kind=SCAN)
    assert verdict.wins != "second"
    verdict = judge("حملة", "جملة", first_kind=SCAN, second_kind=SCAN)
    assert (verdict.wins, verdict.rule) == ("", "same_standing")
    verdict = judge("كتاب", "اجتماعات", first_kind=SCAN, second_kind=TEXT_LAYER)
    assert verdict.wins == ""


@pytest.mark.parametrize(("text", "other"), [(LAYER, PAGE), (PAGE, LAYER)])
def test_it_learns_from_two_copies_which_letters_a_scan_misreads(text, other):
    learned = arabic.learn([arabic.repair(text, copies=[other])])

    assert learned.confusions == {"د>ذ": 1}
    assert arabic.Knowledge.from_json(learned.to_json()) == learned


def test_it_shows_where_copies_differ_with_offsets_into_both():
    scan, layer = PAGE, arabic.repair(LAYER, copies=[PAGE])

    (difference,) = arabic.differences(scan, layer)

    assert scan[difference.first_start : difference.first_end] == "اتخدته"
    assert layer.text[difference.second_start : difference.second_end] == "اتخذته"
    assert (difference.kind, difference.wins, difference.rule) == (
        "letters",
        "second",
        "text_layer",
    )


PIECES = st.lists(
    st.sampled_from(
        [*CLEAN[:1500].split(" "), *LAYER.split(" "), "\n", "\f", "\ue814", "١٢", ")د (", "ـــ"]
    )
    | st.text(max_size=6),
    max_size=60,
).map(" ".join)


@settings(max_examples=25)
@given(PIECES, PIECES)
def test_it_never_fails_whatever_two_texts_it_is_given(one, other):
    made = arabic.repair(one, copies=[other])

    assert made == arabic.repair(one, copies=[other]) or made.notes
    assert made.text == arabic.repair(one, copies=[other]).text
    assert not made.discarded
    assert arabic.undo(made, *range(len(made.changes))).text == one
    arabic.differences(one, other)


@settings(max_examples=15)
@given(PIECES.filter(str.strip), st.randoms(use_true_random=False))
def test_it_never_fails_on_two_damaged_copies(text, rng):
    one = damage(text, rng=rng, recipe=RECIPES["pieces"]).text
    other = damage(text, rng=rng, recipe=replace(RECIPES["ocr"], confused=0.03, width=0)).text

    made = arabic.repair(one, copies=[other, one, text])

    assert not made.discarded
    digits = Counter(sign for sign in one if sign.isdigit())
    assert Counter(sign for sign in made.text if sign.isdigit()) == digits
    assert arabic.undo(made, *range(len(made.changes))).text == one
    for found in arabic.differences(made, other):
        assert made.text[found.first_start : found.first_end] == found.first
        assert other[found.second_start : found.second_end] == found.second
