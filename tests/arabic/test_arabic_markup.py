"""Words that came wrapped in the signs of a mark-up language."""

from __future__ import annotations

import pytest

from marsad import arabic


@pytest.mark.parametrize(
    ("wrapped", "bare"),
    [
        (
            "تقرير بعنوان *How to Help Victims* عن التدريب",
            "تقرير بعنوان How to Help Victims عن التدريب",
        ),
        ("في الموقع <http://a.example/b.pdf> تقرير", "في الموقع http://a.example/b.pdf تقرير"),
        ("كتاب **دليل المدربين** الجديد", "كتاب دليل المدربين الجديد"),
    ],
)
def test_it_takes_the_signs_away_and_keeps_the_words(wrapped: str, bare: str) -> None:
    repair = arabic.repair(wrapped)
    assert repair.text == bare
    assert arabic.undo(repair, *range(len(repair.changes))).text == wrapped


@pytest.mark.parametrize(
    "kept",
    [
        "البند ٢ من جدول الأعمال المؤقت*",
        "* انظر الوثيقة الأولى.",
        "*1909715*",
        "عبر الوطنية،^(١) وبروتوكول مكافحة",
        "١ * ٢ * ٣ أمثلة",
    ],
)
def test_it_leaves_a_lone_star_and_a_footnote_mark(kept: str) -> None:
    assert arabic.repair(kept).text == kept
