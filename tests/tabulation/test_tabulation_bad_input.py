"""What bad files get: a sentence with the place in the file, and what to do."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marsad.tabulation import Preview, Reading, errors, mapping
from marsad.tabulation.looking import columns_of
from marsad.tabulation.types import Row
from tests.tabulation.figures_of_our_own import HEADER, VICTIMS, line, save_workbook


def read(path: Path, **told: Any) -> tuple[list[Row], Preview]:
    reading = Reading(path, this_year=2026, **told)
    return list(reading), reading.preview


def only_remark(path: Path) -> tuple[str, str]:
    rows, preview = read(path)
    refused = preview.remarks_of("refused")
    assert rows == []
    assert len(refused) == 1
    assert not preview.may_be_kept
    return refused[0].code, refused[0].sentence


def text_file(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_it_refuses_merged_cells_in_the_table(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [line("JOR", 2019, 7), line("", 2020, 8)],
        change=lambda sheet: sheet.merge_cells("A4:A5"),
    )
    with pytest.raises(errors.MergedCells, match=r"A4:A5.*Unmerge"):
        read(path)


def test_it_lets_a_merged_title_be(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [line("JOR", 2019, 7)],
        change=lambda sheet: sheet.merge_cells("A1:D1"),
    )
    assert len(read(path)[0]) == 1


@pytest.mark.parametrize("lost", ["Year", "txtVALUE", "Sex", "Dimension", "Indicator"])
def test_it_names_the_column_that_is_missing(tmp_path: Path, lost: str) -> None:
    place = HEADER.index(lost)
    cut = [value for index, value in enumerate(line("JOR", 2019, 7)) if index != place]
    path = save_workbook(
        tmp_path / "w.xlsx", [cut], header=[name for name in HEADER if name != lost]
    )
    with pytest.raises(errors.MissingColumn) as caught:
        read(path)
    assert f"row 3 names the columns, but “{lost}” is missing" in str(caught.value)


@pytest.mark.parametrize("columns", ["value", "Victimes"])
def test_it_needs_of_a_file_before_only_what_every_file_needs(tmp_path: Path, columns: str) -> None:
    before = text_file(
        tmp_path / "a.csv",
        "Pays,indicator,year,sex,Victimes,definition\nJordan,victims,2019,Female,1,Presumed\n",
    )
    told = {"columns": {"Pays": "country", "Victimes": "value"}}
    first = read(before, mapping=mapping.from_json(told, name="police"))[1].mapping
    again = mapping.from_json(mapping.remembered(first.as_json(), name="police"))
    next_one = text_file(
        tmp_path / "b.csv", f"Pays,indicator,year,{columns}\nJordan,victims,2020,7\n"
    )
    rows, preview = read(next_one, mapping=again)
    assert [(row.place, row.year, row.low) for row in rows] == [("JOR", 2020, 7)]
    assert preview.may_be_kept


def test_it_recognises_a_source_of_its_own_again_and_wants_all_its_columns(tmp_path: Path) -> None:
    first = read(save_workbook(tmp_path / "a.xlsx", [line("JOR", 2019, 7)]))[1].mapping
    again = mapping.from_json(mapping.remembered(first.as_json(), name="state-jo"))
    plain = text_file(tmp_path / "b.csv", "country,indicator,year,value\nJordan,victims,2020,7\n")
    assert len(read(plain, mapping=again)[0]) == 1
    cut = [name for name in HEADER if name != "Sex"]
    lacking = save_workbook(tmp_path / "c.xlsx", [line("JOR", 2019, 7)[1:]], header=cut)
    with pytest.raises(errors.MissingColumn, match="Sex"):
        read(lacking, mapping=again)


def test_it_says_that_no_line_names_the_columns(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [["a", "b", "c"]], header=["x", "y", "z"], above=[])
    with pytest.raises(errors.NoHeader, match="Country, Indicator, Year, Value"):
        read(path)


def test_it_refuses_two_columns_of_one_name(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "f.csv", "country,indicator,year,value,value\nJordan,victims,2019,1,2\n"
    )
    with pytest.raises(errors.ColumnTwice, match="columns D and E"):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        "country,indicator,year,sex\nJordan,victims,2019,Female\n",
        "country,indicator,year,value,value\nJordan,victims,2019,1,2\n",
        "a,b,c\n1,2,3\n",
    ],
)
def test_it_speaks_of_no_sheet_where_a_file_has_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.CannotTabulate) as caught:
        read(text_file(tmp_path / "f.csv", text))
    assert "f.csv" in str(caught.value)
    assert "sheet" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Jordan,victims,,1", "row 2, column “year”: no year stands here. Write the year"),
        (",victims,2019,1", "row 2, column “country”: no country stands here. Write the country"),
        ("Atlantis,victims,2019,1", "is called “Atlantis”. Correct it"),
    ],
)
def test_it_says_what_stands_nowhere(tmp_path: Path, row: str, said: str) -> None:
    path = text_file(tmp_path / "f.csv", f"country,indicator,year,value\n{row}\n")
    assert said in read(path)[1].remarks[0].sentence


def test_it_holds_no_code_that_a_row_does_not_say_against_its_country(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "f.csv",
        "country,indicator,year,value\n,victims,2019,1\nAtlantis,victims,2019,1\n"
        "Egypt,victims,2019,1\n",
    )
    own = mapping.from_json({"constants": {"code": "JOR"}}, name="plain")
    rows, preview = read(path, mapping=own)
    assert [row.place for row in rows] == ["JOR", "EGY"]
    assert [remark.code for remark in preview.remarks] == ["unknown-country"]


def test_it_says_a_number_of_a_workbook_as_it_stands_there(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, -4)])
    assert "“-4” is less than nothing" in read(path)[1].remarks[0].sentence


def test_it_names_the_line_that_is_in_another_encoding(tmp_path: Path) -> None:
    text = "country,indicator,year,value\nJordan,victims,2019,1\nCôte d'Ivoire,victims,2019,2\n"
    path = text_file(tmp_path / "f.csv", text.encode("cp1252"))
    with pytest.raises(
        errors.WrongEncoding, match=r"UTF-8: line 3 .*Save it as “CSV UTF-8”.*cp1252"
    ):
        read(path)
    given = mapping.from_json({"name": "old", "encoding": "cp1252"})
    assert [row.place for row in read(path, mapping=given)[0]] == ["JOR", "CIV"]


@pytest.mark.parametrize(
    ("year", "value", "code", "cell"),
    [
        (2019, dt.date(2019, 5, 3), "date", "L4"),
        (dt.date(2019, 1, 1), 7, "date", "J4"),
        (2019, "-3", "negative", "L4"),
        (2019, -3, "negative", "L4"),
        (2019, 3.5, "fraction", "L4"),
        (2019, "a few", "not-a-count", "L4"),
        (2019, True, "truth", "L4"),
        (2019, "=1+1", "formula", "L4"),
        ("=2018+1", 7, "formula", "J4"),
        (20021, 7, "bad-year", "J4"),
        ("2019/20", 7, "bad-year", "J4"),
        (None, 7, "no-year", "J4"),
    ],
)
def test_it_refuses_the_row_and_names_the_cell(
    tmp_path: Path, year: object, value: object, code: str, cell: str
) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", year, value)])
    found, sentence = only_remark(path)
    assert found == code
    assert f"figures!{cell}" in sentence
    assert sentence.count(".") >= 2


def test_it_proposes_a_country_for_an_unknown_one(tmp_path: Path) -> None:
    code, sentence = only_remark(
        save_workbook(tmp_path / "w.xlsx", [line("", 2019, 7, name="Jordann")])
    )
    assert code == "unknown-country"
    assert "Perhaps: Jordan" in sentence


def test_it_refuses_a_code_and_a_name_of_two_places(tmp_path: Path) -> None:
    code, sentence = only_remark(
        save_workbook(tmp_path / "w.xlsx", [line("EGY", 2019, 7, name="Jordan")])
    )
    assert code == "two-places"
    assert "Egypt / Jordan" in sentence


def test_it_refuses_a_workbook_that_carries_a_program(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"program")
    with pytest.raises(errors.MacroWorkbook, match="leaves the program behind"):
        read(path)


def test_it_refuses_an_old_or_locked_workbook(tmp_path: Path) -> None:
    path = text_file(tmp_path / "w.xls", b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(errors.OldWorkbook):
        read(path)


def test_it_refuses_what_unpacks_without_end(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)])
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/media/long.xml", bytes(70 * 1024**2))
    with pytest.raises(errors.Unpacks):
        read(bomb)


def test_it_refuses_entities_in_a_sheet(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)])
    other = tmp_path / "other.xlsx"
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            sheet = name.startswith("xl/worksheets/sheet")
            new.writestr(name, laughs if sheet else old.read(name))
    with pytest.raises(errors.DamagedWorkbook):
        read(other)


def test_it_says_that_a_workbook_is_cut_off(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(errors.DamagedWorkbook):
        read(path)


def test_it_refuses_sdmx_of_another_flow(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "x.csv", "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nBIS:WS_CBPOL(1.0),JO,2019,4\n"
    )
    with pytest.raises(errors.OtherFlow, match=r"BIS:WS_CBPOL.*MARSAD:DF_TIP"):
        read(path)


def test_it_refuses_sdmx_of_several_flows(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "x.csv",
        "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n"
        "MARSAD:DF_TIP(1.0),JOR,victims,2019,4\nBIS:WS_CBPOL(1.0),JOR,victims,2019,4\n",
    )
    with pytest.raises(errors.MixedFlows, match="from line 3"):
        read(path)


@pytest.mark.parametrize("head", [b"%PDF-1.7 ", b"\x89PNG\r\n", b"<!DOCTYPE html>", b"abc\x00def"])
def test_it_refuses_other_kinds_of_file(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(errors.NotATable):
        read(text_file(tmp_path / "w.xlsx", head))


def test_it_says_that_a_file_is_empty_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(errors.EmptyFile):
        read(text_file(tmp_path / "f.csv", ""))
    with pytest.raises(errors.NoSuchFile):
        read(tmp_path / "nowhere.csv")


def test_it_stops_at_more_rows_than_it_will_read(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)] * 12)
    with pytest.raises(errors.TooLarge, match="more than 10 rows"):
        read(path, most_rows=10)


def test_it_reads_a_long_file_in_bounded_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        text_file(path, "country,indicator,year,value\n" + "Jordan,victims,2019,<5\n" * rows)
        tracemalloc.start()
        for _row in Reading(path, this_year=2026):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # the names of countries are loaded once
    assert peak(20_000) < peak(1000) + 2_000_000


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"columns": {"a": "nothing"}}, "nothing"),
        ({"repeats": {"*": "twice"}}, "twice"),
        ({"surprise": 1}, "surprise"),
        ([], "object"),
    ],
)
def test_it_says_what_is_wrong_with_a_mapping(told: object, why: str) -> None:
    with pytest.raises(errors.BadMapping, match=why):
        mapping.from_json(told)


def test_it_says_that_a_mapping_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownMapping, match="glotip"):
        mapping.load("eurostat")
    broken = text_file(tmp_path / "m.json", "{")
    with pytest.raises(errors.BadMapping, match="no JSON"):
        mapping.load(str(broken))


def test_a_cell_far_beside_the_table_is_told_and_takes_no_room(tmp_path: Path) -> None:
    """Somebody's finger slipped: a blank table of twelve million columns is not made for it."""
    path = save_workbook(tmp_path / "w.xlsx", [line("JOR", 2019, 7)])
    far = tmp_path / "far.xlsx"
    cell = b'<row r="9"><c r="ZZZZZ9"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(far, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", cell))
    tracemalloc.start()
    with pytest.raises(errors.FarAside, match=r"ZZZZZ9.*Delete"):
        read(far)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60_000_000


def test_a_year_in_raised_digits_is_refused_in_its_row(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "figures.csv",
        "country,indicator,dimension,category,sex,age,year,unit,value\n"
        "Jordan,Detected trafficking victims,Total,Total,Total,Total,²⁰¹⁹,Counts,7\n",
    )
    code, sentence = only_remark(path)
    assert code == "bad-year"
    assert "row 2" in sentence


def hide_an_old_sheet(state: str, *lines: list[object]) -> Any:
    def change(sheet: Any) -> None:
        old = sheet.parent.create_sheet("old", 0)
        old.sheet_state = state
        for each in (HEADER, *lines):
            old.append(list(each))

    return change


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_it_reads_no_figure_of_a_hidden_sheet_and_says_so(tmp_path: Path, state: str) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [line("JOR", 2023, 40)],
        change=hide_an_old_sheet(state, line("JOR", 2023, 35), line("JOR", 2019, 7)),
    )
    rows, preview = read(path)
    assert [(row.year, row.low) for row in rows] == [(2023, 40)]
    assert preview.left_aside == []
    (remark,) = preview.remarks
    assert (remark.code, remark.sheet, remark.level) == ("hidden-sheet", "old", "doubted")
    assert "Sheet “old” is hidden" in remark.sentence
    assert "show it" in remark.sentence
    assert columns_of(path)[9].samples == ("2023",)


def test_it_leaves_hidden_lists_of_words_aside_like_any_sheet_without_figures(
    tmp_path: Path,
) -> None:
    def change(sheet: Any) -> None:
        words = sheet.parent.create_sheet("words")
        words.sheet_state = "hidden"
        words.append(["Female"])

    rows, preview = read(save_workbook(tmp_path / "w.xlsx", [line("JOR", 2023, 40)], change=change))
    assert (len(rows), preview.left_aside, preview.remarks) == (1, ["words"], [])


def test_it_reads_a_hidden_sheet_that_the_mapping_names(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [line("JOR", 2023, 40)],
        change=hide_an_old_sheet("hidden", line("JOR", 2019, 7)),
    )
    named = mapping.from_json({"sheet": "old"})
    assert [row.year for row in read(path, mapping=named)[0]] == [2019]


def test_it_says_so_where_figures_stand_on_hidden_sheets_only(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "w.xlsx",
        [],
        header=["Read me"],
        change=hide_an_old_sheet("hidden", line("JOR", 2019, 7)),
    )
    with pytest.raises(errors.OnlyHidden, match=r"\(old\).*Show"):
        read(path)


def test_it_doubts_rows_that_are_hidden_and_drops_none_of_them(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        for number in (5, 6):
            sheet.row_dimensions[number].hidden = True

    path = save_workbook(
        tmp_path / "w.xlsx",
        [
            line("JOR", 2018, 5),
            line("JOR", 2019, 6),
            line("JOR", 2020, "many"),
            line("JOR", 2021, 7),
        ],
        change=hide,
    )
    rows, preview = read(path)
    assert [(row.year, row.labels) for row in rows] == [
        (2018, ""),
        (2019, "hidden-row"),
        (2021, ""),
    ]
    assert (preview.understood, preview.doubted, preview.refused) == (2, 1, 1)
    first, _second = (each for each in preview.remarks if each.code == "hidden-row")
    assert first.sentence.startswith("figures!L5: this row is hidden in the sheet")
    assert preview.counts["hidden-row"] == 2


def parquet(path: Path, **columns: Any) -> Path:
    told = {"country": ["Jordan"] * 3, "indicator": [VICTIMS] * 3, "year": [2018] * 3}
    pq.write_table(pa.table({**told, "value": [1, 2, 3], **columns}), path, use_dictionary=False)
    return path


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        (pa.array([2**62, 1, 2], pa.timestamp("ms")), "4611686018427387904 ms"),
        (pa.array([0, 1, 2], pa.timestamp("us", "Nowhere/Bad")), "0 us"),
        (pa.array([2**30, 1, 2], pa.int32()).cast(pa.date32()), "1073741824 day"),
    ],
)
def test_it_refuses_moments_of_no_calendar_with_their_row_and_column(
    tmp_path: Path, of: Any, shown: str
) -> None:
    rows, preview = read(parquet(tmp_path / "f.parquet", year=of))
    assert rows == []
    first = preview.remarks_of("refused")[0]
    assert (first.code, first.row, first.column) == ("date", 2, "C")
    assert shown in first.sentence


def test_it_refuses_a_duration_longer_than_any(tmp_path: Path) -> None:
    long = pa.array([2**61, 2, 3], pa.duration("s"))
    _rows, preview = read(parquet(tmp_path / "f.parquet", value=long))
    assert preview.counts == {"not-a-count": 3}


def test_it_reads_the_figures_beside_moments_of_no_calendar(tmp_path: Path) -> None:
    beside = pa.array([2**62, 1, 2], pa.timestamp("ms"))
    nested = pa.StructArray.from_arrays([beside], ["at"])
    rows, preview = read(parquet(tmp_path / "f.parquet", written=beside, more=nested))
    assert ([row.low for row in rows], preview.refused) == ([1, 2, 3], 0)


def test_it_says_from_where_on_parquet_is_damaged(tmp_path: Path) -> None:
    path = parquet(tmp_path / "f.parquet")
    told = bytearray(path.read_bytes())
    told[4:64] = b"\xff" * 60
    with pytest.raises(errors.DamagedParquet, match="about row 2 on"):
        read(text_file(path, bytes(told)))


def test_it_refuses_parquet_whose_texts_are_none(tmp_path: Path) -> None:
    bad = pa.array([b"Jordan", b"\xff\xfe", b"Egypt"]).view(pa.string())
    with pytest.raises(errors.NotTextAt, match="row 3, column A"):
        read(parquet(tmp_path / "f.parquet", country=bad))
    with pytest.raises(errors.NotTextAt, match="row 4, column E"):
        read(parquet(tmp_path / "f.parquet", note=["", "", "a\0b"]))
    with pytest.raises(errors.NotTextAt, match="row 1, column E"):
        read(parquet(tmp_path / "f.parquet", **{"no\0te": ["", "", ""]}))


@pytest.mark.parametrize("bad", [1, 2, 40])
def test_it_refuses_lines_with_a_nul_and_says_which(tmp_path: Path, bad: int) -> None:
    # The first bytes say whether it is text at all: beyond them stands what nobody looked at.
    lines = [f"country,indicator,year,value,{'x' * 600}"]
    lines += [f"Jordan,{VICTIMS},2018,5,"] * 50
    lines[bad - 1] += "\0"
    with pytest.raises(errors.NotText, match=f"row {bad}, holds a sign"):
        read(text_file(tmp_path / "f.csv", "\n".join(lines)))


def test_it_repeats_no_nul_from_the_flow_of_a_file(tmp_path: Path) -> None:
    text = f"DATAFLOW,REF_AREA,{'X' * 600}\nA:B\0(1.0),JO,1\n"
    with pytest.raises(errors.NotText, match="row 2"):
        read(text_file(tmp_path / "f.csv", text))


@pytest.mark.parametrize("given", ["nope", "rot13", "base64", "utf-7", "idna", "a\0b", "x" * 9000])
def test_it_reads_no_text_in_what_is_no_encoding_of_figures(tmp_path: Path, given: str) -> None:
    path = text_file(tmp_path / "f.csv", f"country,indicator,year,value\nJordan,{VICTIMS},2018,5\n")
    with pytest.raises(errors.UnknownEncoding, match="Use one of: utf-8"):
        read(path, mapping=mapping.from_json({"encoding": given}))
