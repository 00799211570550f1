"""Figures as SDMX-CSV 2.0, through pysdmx.

Three kinds of flow: our own (`MARSAD:DF_TIP`), which keeps everything that was printed and can be
read back here; one for each named table (`MARSAD:DF_TIP_VICTIMS_BY_SEX`); and the one of the
Sustainable Development Goals, with the series of indicator 16.2.2. A range stands as `LOWER_BOUND`
and `UPPER_BOUND`, and `OBS_VALUE` is given only where it is known. Rates (the series that end in R)
are given where populations are, which the engine does not have by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad import countries

from .answers import Record, records
from .cells import folded_cells
from .engine import Expression
from .mapping import known
from .populations import Populations
from .questions import Question, ask
from .writing import neutral

if TYPE_CHECKING:
    from pysdmx.model import Component

OUR_FLOW = ("MARSAD", "DF_TIP")
SDG_FLOW = ("IAEG-SDGs", "DF_SDG_GLH")
#: By category of the dimension of forms; "" is all victims.
SERIES: Mapping[str, str] = {
    "": "VC_HTF_DETV",
    "Forced labour": "VC_HTF_DETVFL",
    "Sexual exploitation": "VC_HTF_DETVSX",
    "Organ removal": "VC_HTF_DETVOG",
    "Other forms of exploitation": "VC_HTF_DETVOP",
}
#: What tells observations apart, in any flow; `OBS_VALUE` is the measure, all else describes it.
_DIMENSIONS = {
    "REF_AREA", "COUNTRY", "SERIES", "INDICATOR", "DIMENSION", "CATEGORY", "SEX", "AGE",
    "CITIZENSHIP", "TIME_PERIOD", "SOURCE_ROW", "SOURCE_SHEET", "TIME_PERIOD_SINCE", "ORIGIN",
    "REGION", "SUBREGION", "BAND", "STAGE", "REACH", "TREND", "PLACE_KIND", "ORIGIN_KIND",
    "CATEGORY_KIND",
}  # fmt: skip
#: What columns of tables are called in SDMX; others keep their names, in capitals.
_CONCEPTS = {"year": "TIME_PERIOD", "year_since": "TIME_PERIOD_SINCE", "place": "REF_AREA"}
#: The columns that a table may count in.
_MEASURES = ("low", "high", "states", "places")
#: Rates are of so many people.
_PER = 100_000
_NO_FORMULA = re.compile(r"[-+]?[\d.,]*(?:e[-+]?\d+)?")
_SEX = {"Total": "_T", "Female": "F", "Male": "M"}
_AGE = {"Total": "_T", "0 to 17 years": "Y0T17", "18 years or over": "Y_GE18"}


def rows_as_sdmx(rows: Expression) -> str:
    """Return rows as SDMX of our own flow; they can be read back as they were.

    Several rows for one key cannot stand in one SDMX data set, so each carries the number of the
    row it came from as part of its key, and a sign of the sheet: rows have the same numbers in
    every sheet. It is no name, for a State may have written there what it tells nobody.
    """
    columns = {field: name for name, field in known("sdmx").columns.items()}
    told = rows.order_by(["place", "year", "indicator", "file", "sheet", "row"])
    picked = told.select(
        *(
            told[field if field != "code" else "place"].name(name)
            for field, name in columns.items()
        ),
        SOURCE_ROW=told.row,
        file=told.file,
        sheet=told.sheet,
    )
    return _written([_with_sign(one) for one in records(picked)], OUR_FLOW)


def _with_sign(one: Record) -> Record:
    file, sheet = one.pop("file"), one.pop("sheet")
    return {**one, "SOURCE_SHEET": _sign(file, sheet)}


@lru_cache(maxsize=256)
def _sign(file: str, sheet: str) -> str:
    # A letter in front: "12345e67" would be a number to a spreadsheet.
    return f"S{sha256(f'{file} {sheet}'.encode()).hexdigest()[:8]}"


def sdg_records(
    rows: Expression, question: Question, *, populations: Populations | None = None
) -> list[Record]:
    """Return the observations of SDG indicator 16.2.2, in the codes of its flow.

    With populations, each count is followed by its rate wherever they hold the place and year.
    """
    found: list[Record] = []
    for dimension in ("Total", "by form of exploitation"):
        by_category: tuple[str, ...] = ("category",) if dimension != "Total" else ()
        for by in ((), ("sex",), ("age",), ("age", "sex")):
            asked = ask(
                "victims",
                by=[*by_category, *by],
                dimension=dimension,
                years=question.years,
                places=question.places,
                states_only=question.states_only,
            )
            cells = records(folded_cells(rows, asked))
            found += _observations(cells, dimension, populations)
    return sorted(found, key=lambda one: [str(value) for value in list(one.values())[:5]])


def _observations(
    cells: Iterable[Record], dimension: str, populations: Populations | None
) -> Iterable[Record]:
    for cell in cells:
        key = _sdg_key(cell, dimension)
        if key is None or cell["low"] is None:
            continue
        yield _observed(key, cell["low"], cell["high"], unit="NUMBER")
        lived = populations and populations.of(
            cell["place"], cell["year"], cell.get("sex", "Total"), cell.get("age", "Total")
        )
        if lived:
            low, high = (round(cell[side] / lived * _PER, 4) for side in ("low", "high"))
            rated = {**key, "SERIES": f"{key['SERIES']}R"}
            yield _observed(rated, low, high, unit="PER_100000_POP")


def _sdg_key(cell: Record, dimension: str) -> Record | None:
    """The flow has no code for "other", for "unknown", or for places that are none of M49's."""
    key = {
        "SERIES": SERIES.get("" if dimension == "Total" else cell["category"]),
        "REF_AREA": _m49(cell["place"]),
        "SEX": _SEX.get(cell.get("sex", "Total")),
        "AGE": _AGE.get(cell.get("age", "Total")),
        "TIME_PERIOD": cell["year"],
    }
    return None if None in key.values() else key


def _observed(key: Record, low: float, high: float, *, unit: str) -> Record:
    return {
        **key,
        "OBS_VALUE": low if low == high else "",
        "LOWER_BOUND": low,
        "UPPER_BOUND": high,
        "UNIT_MEASURE": unit,
        "OBS_STATUS": "A",
    }


def _m49(place: str) -> str | None:
    try:
        number = countries.get(place).m49
    except countries.UnknownCode:
        return None
    return str(int(number)) if number else None


def sdg_as_sdmx(rows: Expression, question: Question) -> str:
    """Return the observations of SDG indicator 16.2.2 as SDMX-CSV."""
    return _written(sdg_records(rows, question), SDG_FLOW)


def table_as_sdmx(
    found: Sequence[Mapping[str, Any]], *, name: str, above: Sequence[str], sdg: bool
) -> str:
    """Return a named table as SDMX-CSV, with its definition as an attribute of every line.

    :param sdg: its columns are those of the flow of the Goals already.
    """
    definition = " ".join(above)
    if sdg:
        return _written([{**one, "COMMENT_TS": definition} for one in found], SDG_FLOW)
    flow = (OUR_FLOW[0], f"{OUR_FLOW[1]}_{name.upper().replace('-', '_')}")
    told = [{**_as_observation(one), "DEFINITION": definition} for one in found]
    return _written(told, flow)


def _as_observation(one: Mapping[str, Any]) -> Record:
    """A line of a table under the names that SDMX has for its columns."""
    counted = "low" in one
    found = {
        _CONCEPTS.get(column, column.upper()): _plain(value)
        for column, value in one.items()
        if column not in _MEASURES[:2] and (counted or column != _counted(one))
    }
    low, high = (one["low"], one["high"]) if counted else (one[_counted(one)],) * 2
    exact = low is not None and low == high
    return {
        **found,
        "OBS_VALUE": low if exact else "",
        "LOWER_BOUND": _plain(low),
        "UPPER_BOUND": _plain(high),
    }


def _counted(one: Mapping[str, Any]) -> str:
    """What a table counts that has no people in it: places."""
    return next(name for name in _MEASURES if name in one)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return "" if value is None else value


def _written(observations: list[dict[str, Any]], flow: tuple[str, str]) -> str:
    # Seconds to import, and most who count want no SDMX.
    import pandas as pd
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Components, Schema

    agency, name = flow
    names = list(observations[0]) if observations else ["OBS_VALUE"]
    schema = Schema(
        context="dataflow",
        agency=agency,
        id=name,
        version="1.0",
        components=Components([_component(each) for each in names]),
    )
    data = pd.DataFrame(observations, columns=names).astype(str).map(_harmless)
    written = write_sdmx([PandasDataset(structure=schema, data=data)], Format.DATA_SDMX_CSV_2_0_0)
    return str(written)


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; "-", "-3" and "+4" are none."""
    return text if _NO_FORMULA.fullmatch(text) else str(neutral(text))


def _component(name: str) -> Component:
    from pysdmx.model import Component, Concept, DataType, Role

    role = Role.DIMENSION if name in _DIMENSIONS else Role.ATTRIBUTE
    return Component(
        id=name,
        required=role == Role.DIMENSION,
        role=Role.MEASURE if name == "OBS_VALUE" else role,
        concept=Concept(id=name),
        local_dtype=DataType.STRING,
        attachment_level="O" if role == Role.ATTRIBUTE and name != "OBS_VALUE" else None,
    )


def write_rows(rows: Expression, path: Path) -> None:
    """Write rows as SDMX-CSV of our own flow."""
    path.write_text(rows_as_sdmx(rows), encoding="utf-8", newline="")
