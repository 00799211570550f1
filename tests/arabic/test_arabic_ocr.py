"""What optical reading got wrong: mended where it is beyond doubt, pointed out where it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad import arabic
from marsad.arabic.letters import without_marks
from marsad.arabic.ocr.confusions import Channel, slips_between
from marsad.arabic.ocr.judge import grammar, impossible, misspelt
from marsad.arabic.ocr.marks import late_shaddas
from marsad.arabic.ocr.numbers import suspects
from marsad.arabic.ocr.signs import recognised
from tests.arabic.ocr_slips import SLIPS, STOPS

SHARED = Path(os.environ.get("MARSAD_SHARED", Path(__file__).parents[2].parent / "shared"))

#: A clean report of our own, long enough not to be taken for a line somebody wants repaired.
CLEAN = """\
تقرير عن اجتماع خبراء في شؤون العمل المنزلي
١- اجتمع الخبراء يومي ٣ و٤ أيار/مايو ٢٠١١ بدعوة من المكتب، وحضر الاجتماع ممثلو أربعين دولة.
٢- وأوضحت الأمانة أن الغرض من الاجتماع هو بحث سبل تعزيز التعاون على حماية العمال المهاجرين.
٣- وناقش الخبراء مؤشرات الاستغلال في العمل، واتفقوا على أن تُعرض على المؤتمر في دورته المقبلة.
٤- وينبغي للدول الأطراف أن تكفل حصول الضحايا على المساعدة القانونية بلغة يفهمونها.
٥- وأحاط الخبراء علما بما أُنجز من دراسات عن رسوم الاستقدام في بلدان المنشأ وبلدان المقصد.
٦- وطلب عدة متكلمين إلى الأمانة أن تعد دليلا عمليا لمفتشي العمل، رهنا بتوافر الموارد.
٧- واقترحت السيدة إنغريد هالفورسن إنشاء قاعدة بيانات عن السوابق القضائية في هذا المجال.
٨- واختتم الاجتماع أعماله باعتماد هذا التقرير بصيغته المعدلة شفويا في جلسته الختامية.
"""
#: The same as a program that reads pages would write it down.
READ = CLEAN.replace("الأطراف أن", "الأطراف،^(١) أن").replace("المكتب، وحضر", "المكتب.⁽²⁾ وحضر")


def _ocr(text: str) -> list[arabic.Change]:
    return [change for change in arabic.repair(text).changes if change.stage == "ocr"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("الاستغلال", "الاستغالال"),
        ("المهاجرين", "المهاجربن"),
        ("المساعدة", "المساعذة"),
        ("التعاون", "التعاوون"),
        ("مؤشرات", "مؤشرابت"),
    ],
)
def test_it_mends_a_word_that_is_none(right: str, wrong: str) -> None:
    repair = arabic.repair(READ.replace(right, wrong, 1))
    (change,) = (c for c in repair.changes if c.stage == "ocr" and c.applied)
    assert (change.before, change.after) == (wrong, right)
    assert change.text_changed
    assert change.kind == "ocr_word"
    assert repair.text == arabic.repair(READ).text


def test_it_says_why() -> None:
    (change,) = (c for c in _ocr(READ.replace("المساعدة", "المساعذة", 1)) if c.applied)
    assert "no word as it stands" in change.evidence
    assert "ذ>د" in change.evidence


def test_it_leaves_a_clean_text_byte_for_byte() -> None:
    assert arabic.repair(CLEAN).text == CLEAN
    assert _ocr(CLEAN) == []


def test_it_changes_nothing_in_a_long_text_without_signs_of_optical_reading() -> None:
    slipped = CLEAN.replace("المساعدة", "المساعذة", 1)
    repair = arabic.repair(slipped)
    assert repair.text == slipped
    (flag,) = (c for c in repair.changes if c.stage == "ocr")
    assert flag.candidates[0] == "المساعدة"
    assert not flag.applied


def test_it_never_changes_a_word_that_is_one() -> None:
    slipped = READ.replace("باعتماد هذا", "باعتقاد هذا")
    assert arabic.repair(slipped).text == slipped


def test_it_points_out_a_word_that_is_not_the_one_expected() -> None:
    text = READ + "٩- وشملت المسائل من خلال حملة أمور أخرى، وأدلى بيان ممثل المنظمة.\n"
    flags = {(c.before, c.candidates[0]) for c in _ocr(text) if not c.applied and c.candidates}
    assert ("حملة", "جملة") in flags


def test_it_keeps_marks_and_origins_of_the_letters_that_stay() -> None:
    text = READ.replace("الاستغلال", "الاسْتغالال", 1)
    repair = arabic.repair(text)
    assert "الاسْتغلال" in repair.text
    kept = [(c, o) for c, o in zip(repair.text, repair.origins, strict=True) if o != -1]
    assert all(text[origin] == character for character, origin in kept)


def test_it_leaves_names_alone() -> None:
    for name in ("اليوروجست", "السيد ماغنوس هيلبورغ", "نمائط", "بروتوكول باليرمو"):
        assert arabic.repair(name).text == name


def test_it_mends_a_single_line() -> None:
    assert arabic.repair("مكافحة الاتجارر بالأشخاص").text == "مكافحة الاتجار بالأشخاص"


def test_it_moves_a_shadda_that_came_late() -> None:
    repair = arabic.repair("القائمة المعدلّة")
    assert repair.text == "القائمة المعدّلة"
    assert sorted(repair.text) == sorted(repair.source)


@pytest.mark.parametrize("word", ["المحتلّة", "منضمّة", "المحليّة", "محمرّة", "المحدَّثة", "المهمّة"])
def test_it_leaves_a_shadda_that_came_in_time(word: str) -> None:
    assert late_shaddas(word) == []


def test_it_points_out_days_that_lack_a_digit_and_changes_none() -> None:
    text = READ.replace("٣ و٤ أيار/مايو", "١٣ و ١٤ أيار/مايو") + (
        "٩- وفي ١٣ أيار/مايو، انتخب الخبراء رئيسة لهم.\n"
        "١٠- وفي ٤ أيار/مايو، نظروا في البند ٣.\n"
        "١١- وفي ١٤ أيار/مايو، اعتمدوا التقرير.\n"
    )
    (flag,) = (c for c in _ocr(text) if c.kind == "ocr_number")
    assert (flag.before, flag.candidates, flag.applied) == ("٤", ("١٤",), False)


def test_it_points_out_a_number_that_breaks_the_row() -> None:
    (suspect,) = suspects(["١- أ", "٢- ب", "٨- ج", "٤- د", "٥- ه"])
    assert (suspect.line, suspect.candidates) == (2, ("٣",))


def test_it_points_out_a_resolution_with_its_session_behind_the_stroke() -> None:
    (suspect,) = suspects(["عملا بقرار الجمعية العامة ١٤٥/٦٤ و٦٥/١٩٠"])
    assert suspect.candidates == ("٦٤/١٤٥",)
    assert suspects(["عملا بقرار الجمعية العامة ٦٤/١٤٥ والقرار ٢١/١"]) == []


def test_it_points_out_a_footnote_called_twice() -> None:
    lines = ["نص^(١) ونص", "(١) حاشية", "نص^(١) آخر", "(٢) حاشية أخرى"]
    (suspect,) = suspects(lines)
    assert (suspect.line, suspect.candidates) == (2, ("٢",))


def test_it_points_out_a_year_without_its_last_digit() -> None:
    (suspect,) = suspects(["في عام ٢٠٠ وفي عام ٢٠٠٨"])
    assert suspect.candidates == ()


@pytest.mark.parametrize(
    ("read", "right"),
    [
        # a preposition that is part of its word begins no sentence
        ("التعاون على حماية. بمزيد من الحزم العمال", "التعاون على حماية بمزيد من الحزم العمال"),
        # two words that are met side by side elsewhere
        ("المساعدة. القانونية بلغة", "المساعدة القانونية بلغة"),
    ],
)
def test_it_takes_away_a_stop_that_cannot_end_a_sentence(read: str, right: str) -> None:
    clean = READ.replace("التعاون على حماية العمال", "التعاون على حماية بمزيد من الحزم العمال")
    text = clean.replace(right, read)
    assert text != clean
    repair = arabic.repair(text)
    assert repair.text == arabic.repair(clean).text
    (change,) = (c for c in repair.changes if c.kind == "ocr_stop")
    assert (change.before, change.after, change.applied) == (".", "", True)


@pytest.mark.parametrize(
    "first", ["بالإضافة إلى ذلك", "وبذلك", "لذلك", "لعبت المنظمة", "بحثت اللجنة"]
)
def test_it_leaves_a_stop_that_may_end_a_sentence(first: str) -> None:
    text = READ + f"٩- وانتهى عرض الخبيرة. {first} طلبت الأمانة رأي الدول.\n"
    assert not [c for c in _ocr(text) if c.kind == "ocr_stop" and c.applied]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        # no words of our own texts stand beside these: their letters alone show that they are none
        ("خصومه", "خخصومه"),
        # two words run together, whose letters show where one ends
        ("المرافعة بعد", "المرافعةبعد"),
        # listed because many misspell them so, but no words
        ("العدالة تقضي", "العداله تقضي"),
    ],
)
def test_it_mends_a_word_whose_letters_no_word_has(right: str, wrong: str) -> None:
    clean = READ + (
        "٩- ودار نقاش مستفيض عن حق المتهم في مواجهة خصومه، وقيل إن العدالة تقضي بذلك.\n"
        "١٠- ورئي أن نقل الشاهد هو الملاذ الأخير، وأن تُرجأ المرافعة بعد سماعه.\n"
    )
    assert right in clean
    assert arabic.repair(clean.replace(right, wrong, 1)).text == arabic.repair(clean).text


def test_it_reads_a_word_as_the_text_has_it_elsewhere() -> None:
    clean = READ + "٩- وأعدت الأمانة نمائط للتعلم عن بعد، ونوقشت نمائط التعلم هذه.\n"
    slipped = clean.replace("نمائط للتعلم", "نمايط للتعلم")
    assert arabic.repair(slipped).text == arabic.repair(clean).text


@pytest.mark.parametrize("name", ["كرويس", "باتشيليت", "لوفغرين", "سومتشاي راتانابورن"])
def test_it_changes_no_name_behind_a_title(name: str) -> None:
    text = READ + f"٩- وأدلى السيد {name} ببيان عن هذه المسألة.\n"
    assert arabic.repair(text).text == arabic.repair(READ).text + text[len(READ) :]


def test_it_knows_what_is_only_misspelt_often() -> None:
    assert misspelt("العداله")
    assert misspelt("الذى")
    assert not misspelt("المياه")


@pytest.mark.parametrize("word", ["وإعادةهم", "مستوىها", "ةالدول"])
def test_it_knows_what_no_word_looks_like(word: str) -> None:
    assert impossible(word)


def test_it_knows_a_text_that_was_read_optically() -> None:
    assert recognised(READ)
    assert not recognised(CLEAN)


def test_it_finds_letters_of_one_shape_nearer_than_others() -> None:
    channel = Channel()
    assert channel.cost("حملة", "جملة") < channel.cost("حملة", "كملة")
    assert Channel({"ح>ج": 50}).cost("حملة", "جملة") < channel.cost("حملة", "جملة")
    assert list(slips_between("القنصلين", "القنصليين")) == [">ي"]


def test_it_doubts_forms_of_one_word_less_than_other_words() -> None:
    assert grammar("ويشجع", "يشجع") > 0
    assert grammar("تشجعه", "تشجعها") > 0
    assert grammar("حملة", "جملة") == 0


@settings(max_examples=20)
@given(
    st.lists(
        st.sampled_from(
            ["الاتجارر", "بالأشخاص", "حملة", "٤ نيسان/أبريل", ".", "،", "^(١)", "و", "\ud800", "ء"]
        )
        | st.text(st.characters(), max_size=8),
        max_size=12,
    ).map(" ".join)
)
def test_it_never_fails_and_never_touches_a_digit(text: str) -> None:
    repair = arabic.repair(text)
    assert repair == arabic.repair(text)
    for change in repair.changes:
        if change.stage == "ocr":
            digits = [[c for c in side if c.isdigit()] for side in (change.before, change.after)]
            assert digits[0] == digits[1]


@pytest.mark.parametrize("number", ["002", "003"])
def test_it_mends_and_points_out_what_was_misread_in_real_reports(number: str) -> None:
    found = sorted((SHARED / "documents").glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the reports are not here")
    changes = _ocr(found[0].read_text(encoding="utf-8"))
    stops = {c.line for c in changes if c.kind == "ocr_stop" and c.applied}
    assert stops == set(STOPS[number])
    changes = [c for c in changes if c.kind in ("ocr_word", "ocr_number")]
    slips = {(line, wrong): right for line, wrong, right in SLIPS[number]}
    mended = [c for c in changes if c.applied]
    assert all(slips.get((c.line, without_marks(c.before))) == c.after for c in mended)
    places = {(c.line, without_marks(c.before)) for c in changes}
    share = sum(place in places for place in slips) / len(slips)
    assert share >= {"002": 0.75, "003": 0.5}[number]
    assert len(mended) / len(SLIPS[number]) >= 0.4


def test_it_reads_a_comma_that_was_taken_for_a_hamza() -> None:
    repair = arabic.repair(
        READ.replace("الاستغلال في العمل، واتفقوا", "الاستغلال في العملء واتفقوا")
    )
    assert "في العمل، واتفقوا" in repair.text
