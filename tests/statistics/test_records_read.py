"""Records are read without anything that tells who they speak of; no database, no server."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.problems import Problem
from marsad.statistics.records import codebook, columns, errors, identifiers, keeping
from marsad.statistics.records.pseudonyms import key_of_state, pseudonym
from marsad.statistics.records.reading import Record, RecordPreview, RecordReading
from marsad.tabulation.errors import CannotTabulate, MergedCells
from tests.statistics.record_files import victim, workbook, written

BOOK = codebook.load("2026-1")
KEY = b"k" * 32


def read(file: Path, **more: Any) -> tuple[list[Record], RecordPreview]:
    reading = RecordReading(file, book=BOOK, key=KEY, this_year=2026, **more)
    return list(reading), reading.preview


def codes(preview: RecordPreview) -> set[str]:
    return set(preview.counts)


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────
def test_it_keeps_codes_bands_and_years_and_no_identifier(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        [
            victim("V-1", age="1990-05-06", year="2024-03-09", citizenship="Egypt; السودان"),
            victim("V-2", age="17", sex="ذكر", purpose="العمل القسري; sexual_exploitation"),
        ],
    )
    records, preview = read(file)
    assert preview.may_be_kept
    first, second = records
    assert first.values["age"] == ["30-38"]
    assert first.values["citizenship"] == ["EGY", "SDN"]
    assert first.year == 2024
    assert second.values["age"] == ["9-17"]
    assert second.values["sex"] == ["male"]
    assert second.values["purpose"] == ["forced_labour", "sexual_exploitation"]
    assert first.key == pseudonym("V-1", variable="victim_key", key=KEY)
    kept = repr(records)
    assert "V-1" not in kept
    assert "1990" not in kept
    assert {"birth-date", "exact-date", "pseudonym"} <= codes(preview)


def test_what_is_kept_on_disk_has_no_identifier_either(tmp_path: Path) -> None:
    file = written(tmp_path, [victim("CASE-77", age="2001-01-02")])
    reading = RecordReading(file, book=BOOK, key=KEY, this_year=2026)
    keeping.write(reading, tmp_path / "kept.parquet", book=BOOK, part=1)
    (row,) = keeping.load([tmp_path / "kept.parquet"], ["age", "sex", "no_such_variable"])
    assert row == {
        "kind": "victim",
        "key": pseudonym("CASE-77", variable="victim_key", key=KEY),
        "year": 2024,
        "codes": "2026-1",
        "age": ["21-23"],
        "sex": ["female"],
    }


def test_the_same_person_has_another_key_in_another_state() -> None:
    one, other = key_of_state(b"s" * 32, "XA"), key_of_state(b"s" * 32, "XB")
    assert pseudonym("V-1", variable="victim_key", key=one) != pseudonym(
        "V-1", variable="victim_key", key=other
    )
    assert pseudonym(" v-1", variable="victim_key", key=one) == pseudonym(
        "V-1", variable="victim_key", key=one
    )


def test_a_workbook_has_a_sheet_for_each_kind_and_others_are_left_aside(tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        {
            "Read me": [["Anything"], ["at all"]],
            "Victims": [["Title"], ["victim_key", "event_id", "year"], ["V1", "E1", 2023]],
            "perpetrators": [
                ["perp_key", "event_id", "year", "stage"],
                ["P1", "E1", 2023, "convicted"],
            ],
            "الجهات": [["entity_id", "السنة", "type"], ["A", 2023, "shelter"]],
            "Events": [["event_id", "year", "begin"], ["E1", date(2023, 4, 5), date(2022, 1, 9)]],
        },
        "book.xlsx",
    )
    records, preview = read(file)
    by_kind = {each.kind: each for each in records}
    assert set(by_kind) == {"victim", "perpetrator", "entity", "event"}
    assert by_kind["event"].values["begin"] == ["2022-01"]
    # The same event, wherever it is named.
    assert by_kind["victim"].values["event_id"] == [by_kind["event"].key]
    assert by_kind["perpetrator"].values["event_id"] == [by_kind["event"].key]
    assert preview.left_aside == ["Read me"]


def test_one_table_can_hold_all_kinds(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        [
            {"kind": "victim", "event_id": "E1", "victim_key": "V1", "year": "2020", "sex": "F"},
            {"kind": "perpetrator", "event_id": "E1", "perp_key": "P1", "year": "2020", "sex": "M"},
            {"kind": "event", "event_id": "E1", "year": "2020", "act": "recruitment harbouring"},
            {"kind": "ghost", "year": "2020"},
        ],
    )
    records, preview = read(file)
    assert [each.kind for each in records] == ["victim", "perpetrator", "event"]
    assert records[2].values["act"] == ["recruitment", "harbouring"]
    assert preview.refused == 1
    assert "unknown-kind" in codes(preview)


def test_a_second_line_of_names_is_no_record(tmp_path: Path) -> None:
    file = written(tmp_path, [{"victim_key": "Victim", "year": "Year detected", "sex": "Sex"}])
    file.write_text(file.read_text(encoding="utf-8") + "V-1,2024,male\n", encoding="utf-8")
    records, preview = read(file)
    assert [each.values["sex"] for each in records] == [["male"]]
    assert "names-again" in codes(preview)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("First name", "Amina"),
        ("prs_First_Name", "Amina"),
        ("prs_SecondName", "A"),
        ("اسم الضحية", "أمينة"),
        ("الهاتف", "0"),
        ("passport number", "x"),
        ("E-mail", "x"),
        ("prs_MailingStreet", "x"),
        ("cas_ReferringPrimaryCaseWorker", "x"),
        ("remark", "someone@state.example"),
        ("contact", "+962 79 123 4567"),
        ("contact", "٠٧٩ ١٢٣٤٥٦٧"),
        ("paper", "AB1234567"),
        ("paper", "9876543210"),
        ("where", "31.95393, 35.91063"),
    ],
)
def test_a_column_that_tells_who_somebody_is_stops_the_file(
    tmp_path: Path, header: str, value: str
) -> None:
    file = written(tmp_path, [victim("V-1"), {**victim("V-2"), header: value}])
    # Also where somebody says that it is to be left aside.
    for aside in ([], [header]):
        mapping = columns.from_json({"name": "own", "aside": aside})
        with pytest.raises(errors.TellsWho) as told:
            read(file, mapping=mapping)
        assert value not in str(told.value) or len(value) == 1
        assert header in str(told.value)


@pytest.mark.parametrize(
    "key", ["Amina al-Hassan", "someone@state.example", "+962791234567", "AB1234567", "1990-01-02"]
)
def test_an_identifier_that_is_not_made_up_stops_the_file(tmp_path: Path, key: str) -> None:
    with pytest.raises(errors.TellsWho):
        read(written(tmp_path, [victim(key)]))


def test_free_text_stops_the_file(tmp_path: Path) -> None:
    told = "She came with her cousin, who worked in the same house as she did"
    file = written(tmp_path, [{**victim("V-1"), "remarks": told}])
    with pytest.raises(errors.TellsMuch) as wrong:
        read(file)
    assert "cousin" not in str(wrong.value)
    # Also in a column of codes.
    with pytest.raises(errors.TellsMuch):
        read(written(tmp_path, [victim("V-1", purpose=told)]))


def test_no_remark_repeats_what_stands_in_a_cell(tmp_path: Path) -> None:
    secret = "Amina"
    row = {
        **victim("V-1"), "sex": secret, "age": secret, "citizenship": secret, "year": secret,
        "begin": secret, "purpose": secret, "law_article": secret, "own": secret,
        "languages": secret,
    }  # fmt: skip
    _records, preview = read(written(tmp_path, [row]))
    assert not preview.may_be_kept
    assert secret not in str(preview.as_json())
    assert {"unknown-code", "impossible-age", "unknown-country", "bad-year", "unknown-column"} <= (
        codes(preview)
    )
    for remark in preview.remarks:
        assert remark.sentence


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"victim_key": ""}, "no-key"),
        ({"year": ""}, "no-year"),
        ({"year": "20021"}, "bad-year"),
        ({"year": "2030"}, "bad-year"),
        ({"age": "130"}, "impossible-age"),
        ({"age": "-3"}, "impossible-age"),
        ({"sex": "female; male"}, "several"),
        ({"citizenship": "Atlantis"}, "unknown-country"),
        ({"reflection_begin": "13/13/2024"}, "bad-month"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused(
    tmp_path: Path, change: dict[str, str], code: str
) -> None:
    records, preview = read(written(tmp_path, [victim("V-1"), victim("V-2", **change)]))
    assert len(records) == 1
    assert preview.refused == 1
    assert code in codes(preview)


def test_what_is_odd_is_doubted_and_kept(tmp_path: Path) -> None:
    rows = [
        victim("V-1", purpose="sexual_exploitation", labour_sector="construction"),
        victim("V-2", decided_by=""),
        victim("V-2", decided_by=""),
    ]
    _records, preview = read(written(tmp_path, rows))
    assert preview.may_be_kept
    assert {"sector-without-labour", "confirmed-by-nobody", "stands-twice"} <= codes(preview)


def test_columns_must_be_those_of_records(tmp_path: Path) -> None:
    with pytest.raises(errors.NoRecordColumns):
        read(written(tmp_path, [{"colour": "red", "size": "3"}]))
    with pytest.raises(errors.LacksColumn, match="year"):
        read(written(tmp_path, [{"victim_key": "V-1", "sex": "female"}]))
    with pytest.raises(errors.NoKind) as caught:
        read(written(tmp_path, [{"year": "2024", "sex": "female"}]))
    assert "sheet" not in str(caught.value)


def test_two_columns_cannot_be_read_as_the_same(tmp_path: Path) -> None:
    file = written(tmp_path, [{**victim("V-1"), "nationality": "EGY"}])
    _records, preview = read(file)
    assert "same-column" in codes(preview)
    assert not preview.may_be_kept


def test_files_that_are_no_tables_are_told(tmp_path: Path) -> None:
    for name, data in (("x.csv", b""), ("x.xlsx", b"%PDF-1.7 x"), ("y.csv", "é".encode("cp1252"))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CannotTabulate):
            read(tmp_path / name)


def test_formulas_and_merged_cells_are_told(tmp_path: Path) -> None:
    file = workbook(tmp_path, {"victims": [["victim_key", "year"], ["V-1", "=2024"]]}, "f.xlsx")
    _records, preview = read(file)
    assert "formula" in codes(preview)
    from openpyxl import load_workbook

    book = load_workbook(file)
    book.worksheets[0].merge_cells("A2:B2")
    book.save(file)
    with pytest.raises(MergedCells):
        read(file)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(st.sampled_from(["victim_key", "year", "sex", "age", "x", "اسم", "purpose"]),
                       st.text(max_size=30), min_size=1))  # fmt: skip
def test_rubbish_ends_in_a_sentence_and_never_breaks(tmp_path: Path, row: dict[str, str]) -> None:
    file = written(tmp_path, [row, {**victim("V-9"), **row}])
    with suppress(Problem):
        _records, preview = read(file)
        for remark in preview.remarks:
            assert remark.sentence


@given(st.text(max_size=40))
def test_what_tells_who_somebody_is_is_found_without_breaking(text: str) -> None:
    assert isinstance(identifiers.by_header(text), str)
    assert isinstance(identifiers.by_value(text), str)


# ── editions are put together ────────────────────────────────────────────────────────────────────
def test_the_newest_record_of_each_counts(tmp_path: Path) -> None:
    for part, sex in ((1, "male"), (2, "female")):
        file = written(tmp_path, [victim("V-1", sex=sex), victim(f"only-{part}")])
        reading = RecordReading(file, book=BOOK, key=KEY, this_year=2026)
        keeping.write(reading, tmp_path / f"{part}.parquet", book=BOOK, part=part)
    files = [tmp_path / "1.parquet", tmp_path / "2.parquet"]
    assert keeping.join(files, tmp_path / "joined.parquet") == {"victim": 3}
    rows = keeping.load([tmp_path / "joined.parquet"], ["sex"])
    key = pseudonym("V-1", variable="victim_key", key=KEY)
    assert [row["sex"] for row in rows if row["key"] == key] == [["female"]]
    again = keeping.join([tmp_path / "joined.parquet"], tmp_path / "again.parquet")
    assert again == {"victim": 3}


# ── forms of others ──────────────────────────────────────────────────────────────────────────────
def htcds(**more: str) -> dict[str, str]:
    """A submission of the form that IOM publishes, as its names are; the values are ours."""
    return {
        "start": "2024-05-06T08:00:00.000Z",
        "con_Consent": "TRUE",
        "prs_First_Name": "",
        "prs_Birthdate": "2008-01-02",
        "prs_Gender": "Feminine",
        "prs_Citizenship": "SY",
        "vic_MethodOfRecruitment": "AtWork ThroughOnlineSocialNetworks",
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Police",
        "vic_Methods_of_Control": "DebtBondage PhysicalThreats ThreatsLawEnforcement",
        "vic_TypeOfExploitation": "ForcedLabour SexualExploitation",
        "vic_ForcedLabourIndustry": "T_ActivitiesOfHouseholdsAsEmployers",
        "vic_TypeOfSexExploitation": "Prostitution",
        "cas_Status": "FollowUp",
        "cas_IncomingReferralDate": "2024-05-06",
        "_uuid": "0b3c9b1e-0000-4000-8000-000000000001",
        **more,
    }


def test_submissions_of_the_htcds_form_come_in_through_its_mapping(tmp_path: Path) -> None:
    records, preview = read(written(tmp_path, [htcds()]), mapping=columns.known("htcds"))
    assert preview.may_be_kept, [each.sentence for each in preview.remarks]
    assert records[0].values == {
        "consent": ["given"],
        "age": ["9-17"],
        "gender": ["feminine"],
        "citizenship": ["SYR"],
        "recruitment": ["workplace", "online_network"],
        "identification": ["confirmed"],
        "decided_by": ["police"],
        "control": ["debt_bondage", "threats", "threat_police"],
        "purpose": ["forced_labour", "sexual_exploitation"],
        "industry": ["T"],
        "sexual_subtype": ["prostitution"],
        "closure": ["follow_up"],
    }


def test_a_name_in_the_htcds_form_stops_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, [htcds(prs_First_Name="Amina")])
    with pytest.raises(errors.TellsWho, match="prs_First_Name"):
        read(file, mapping=columns.known("htcds"))


def test_choices_in_columns_of_their_own_are_read(tmp_path: Path) -> None:
    row = htcds()
    del row["vic_TypeOfExploitation"]
    row |= {"vic_TypeOfExploitation/ForcedLabour": "1", "vic_TypeOfExploitation/OrganRemoval": "0"}
    records, _preview = read(written(tmp_path, [row]), mapping=columns.known("htcds"))
    assert records[0].values["purpose"] == ["forced_labour"]


def test_records_laid_out_as_ctdc_does_are_read(tmp_path: Path) -> None:
    row = {
        "victim_key": "P-1", "yearOfRegistration": "2016", "gender": "Female", "ageBroad": "9--17",
        "citizenship": "KH", "CountryOfExploitation": "-99", "isForcedLabour": "1",
        "isSexualExploit": "0", "meansOfControlDebtBondage": "1", "typeOfLabourConstruction": "1",
        "majorityStatus": "Minor",
    }  # fmt: skip
    records, preview = read(written(tmp_path, [row]), mapping=columns.known("ctdc"))
    assert preview.may_be_kept, [each.sentence for each in preview.remarks]
    assert records[0].values == {
        "sex": ["female"], "age": ["9-17"], "citizenship": ["KHM"], "purpose": ["forced_labour"],
        "control": ["debt_bondage"], "labour_sector": ["construction"],
    }  # fmt: skip


# ── the code lists ───────────────────────────────────────────────────────────────────────────────
def test_the_code_lists_say_what_they_are_and_what_they_are_not() -> None:
    assert "not IC-TIP" in BOOK.says["en"]
    assert "ليست IC-TIP" in BOOK.says["ar"]
    assert all(each.en and each.ar for each in (*BOOK.variables, *BOOK.codes))
    assert {each.status for each in (*BOOK.variables, *BOOK.codes)} == {"verified", "inferred"}
    for codes_of in BOOK.lists.values():
        assert {"unknown", "not_recorded"} <= {each.code for each in codes_of}


def test_every_purpose_has_its_series_of_the_goals() -> None:
    purposes = [
        each for each in BOOK.lists["purpose"] if each.code not in ("unknown", "not_recorded")
    ]
    assert {each.sdg for each in purposes} == {
        "VC_HTF_DETVFL", "VC_HTF_DETVSX", "VC_HTF_DETVOG", "VC_HTF_DETVOP"
    }  # fmt: skip
    assert all(each.glotip and each.eurostat for each in purposes)


def test_a_version_survives_being_taken_away_and_brought_back() -> None:
    again = codebook.from_json(BOOK.as_json())
    assert again.as_json() == BOOK.as_json()
    assert not codebook.moved(BOOK, again)


def test_another_version_says_what_became_of_each_code() -> None:
    told = BOOK.as_json()
    told["version"] = "2027-1"
    for code in told["codes"]:
        if code["code"] == "surrogacy":
            code["code"] = "forced_surrogacy"
        if code["list"] == "labour_sector" and code["code"] == "peddling":
            code["code"], code["en"] = "street_sale", "Sale in the street"
    told["codes"] = [each for each in told["codes"] if each["code"] != "aquafarming"]
    moved = codebook.moved(BOOK, codebook.from_json(told))
    assert [(each.code, each.becomes) for each in moved] == [
        ("surrogacy", "forced_surrogacy"),
        # It is still called so by another standard.
        ("aquafarming", ""),
        ("peddling", "street_sale"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(version="a b"),
        lambda told: told.update(title={"en": "only"}),
        lambda told: told.update(variables=[]),
        lambda told: told["variables"][0].update(kind="ghost"),
        lambda told: told["variables"][0].update(type="free text"),
        lambda told: told["variables"][0].update(name="Event Id"),
        lambda told: told["codes"][0].update(code="=1+1"),
        lambda told: told["codes"][0].update(ar=""),
        lambda told: told["codes"].append(told["codes"][0]),
        lambda told: told["codes"].append("code"),
        lambda told: told.update(variables=told["variables"][1:]),
    ],
)
def test_code_lists_that_cannot_be_used_are_told(change: Any) -> None:
    told = BOOK.as_json()
    change(told)
    with pytest.raises(errors.BadCodebook):
        codebook.from_json(told)
    for data in (b"", b"[]", b"\xff\xfe", b"[" * 100_000):
        with pytest.raises(errors.BadCodebook):
            codebook.from_bytes(data, name="x")


@pytest.mark.parametrize(
    "told",
    [[], {"says nothing": 1}, {"columns": []}, {"kind": "ghost"}, {"words": 3}],
)
def test_mappings_that_cannot_be_used_are_told(told: Any) -> None:
    with pytest.raises(errors.BadRecordMapping):
        columns.from_json(told)
    with pytest.raises(errors.UnknownRecordMapping):
        columns.load("no-such-mapping")
