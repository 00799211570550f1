"""What changed between two editions is told: added, changed, gone, defined otherwise."""

from __future__ import annotations

from pathlib import Path

from marsad.tabulation import differences
from marsad.tabulation.engine import Expression, rows_in_memory
from marsad.tabulation.reader import Reading

HEADING = "country,indicator,year,value,sex,definition"


def edition(folder: Path, *lines: str) -> Expression:
    file = folder / f"{abs(hash(lines))}.csv"
    file.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    return rows_in_memory(list(Reading(file)))


def test_it_tells_added_changed_and_gone(tmp_path: Path) -> None:
    before = edition(
        tmp_path,
        "JOR,victims,2018,12,,police",
        "JOR,victims,2019,<5,,police",
        "JOR,victims,2019,3,Female,police",
        "JOR,victims,2020,..,,police",
    )
    after = edition(
        tmp_path,
        "JOR,victims,2018,12,,police",
        "JOR,victims,2019,4,,police",
        "JOR,victims,2020,..,,police",
        "JOR,victims,2021,9,,police",
    )
    found = differences.differences(before, after)
    assert differences.counted(found) == {"added": 1, "changed": 1, "gone": 1}
    changed = differences.listed(found, what="changed", start=0, most=9)
    assert [
        (row["year"], row["low_before"], row["high_before"], row["low"]) for row in changed
    ] == [(2019, 1, 4, 4)]
    gone = differences.listed(found, what="gone", start=0, most=9)
    assert [(row["sex"], row["low"], row["low_before"]) for row in gone] == [("Female", None, 3)]
    assert differences.counted(differences.differences(after, after)) == {
        "added": 0, "changed": 0, "gone": 0
    }  # fmt: skip


def test_it_counts_a_row_more_for_one_key_as_a_change(tmp_path: Path) -> None:
    once = edition(tmp_path, "JOR,victims,2018,12,,")
    twice = edition(tmp_path, "JOR,victims,2018,12,,", "JOR,victims,2018,12,,")
    found = differences.differences(once, twice)
    assert differences.counted(found)["changed"] == 1


def test_it_tells_a_definition_that_became_another(tmp_path: Path) -> None:
    before = edition(tmp_path, "JOR,victims,2018,12,,police", "JOR,victims,2019,13,,police")
    after = edition(tmp_path, "JOR,victims,2018,12,,courts", "JOR,victims,2019,13,,courts")
    (found,) = differences.redefined(before, after).to_pyarrow().to_pylist()
    assert (found["what"], found["said_before"], found["said"]) == (
        "definition",
        "police",
        "courts",
    )
    assert (found["first"], found["last"]) == (2018, 2019)
    assert not differences.redefined(before, before).to_pyarrow().num_rows
