from marsad import countries


def test_it_finds_names_in_reading_order() -> None:
    found = countries.find("اجتمع وفدا مصر والأردن.")
    assert [one.iso2 for one in found] == ["EG", "JO"]
