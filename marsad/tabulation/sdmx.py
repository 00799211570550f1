"""Figures as SDMX-CSV 2.0, through pysdmx.

Two flows: our own (`MARSAD:DF_TIP`), which keeps everything that was printed and can be read back
here; and the one of the Sustainable Development Goals, with the series of indicator 16.2.2, where
a range stands as `LOWER_BOUND` and `UPPER_BOUND` and `OBS_VALUE` is given only where it is known.
Rates (the series that end in R) need populations, which the engine does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Component, Components, Concept, DataType, Role, Schema

from marsad import countries

from .answers import Record, records
from .cells import folded_cells
from .engine import Expression
from .mapping import known
from .questions import Question, ask

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
#: What tells observations apart, in either flow; `OBS_VALUE` is the measure, all else describes it.
_DIMENSIONS = {
    "REF_AREA", "COUNTRY", "SERIES", "INDICATOR", "DIMENSION", "CATEGORY", "SEX", "AGE",
    "CITIZENSHIP", "TIME_PERIOD", "SOURCE_ROW",
}  # fmt: skip
_SEX = {"Total": "_T", "Female": "F", "Male": "M"}
_AGE = {"Total": "_T", "0 to 17 years": "Y0T17", "18 years or over": "Y_GE18"}


def rows_as_sdmx(rows: Expression) -> str:
    """Return rows as SDMX of our own flow; they can be read back as they were.

    Several rows for one key cannot stand in one SDMX data set, so each carries the number of the
    row it came from as part of its key.
    """
    columns = {field: name for name, field in known("sdmx").columns.items()}
    told = rows.order_by(["place", "year", "indicator", "file", "sheet", "row"])
    picked = told.select(
        *(
            told[field if field != "code" else "place"].name(name)
            for field, name in columns.items()
        ),
        SOURCE_ROW=told.row,
    )
    return _written(records(picked), OUR_FLOW)


def sdg_records(rows: Expression, question: Question) -> list[Record]:
    """Return the observations of SDG indicator 16.2.2, in the codes of its flow."""
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
            found += _observations(records(folded_cells(rows, asked)), dimension)
    return sorted(found, key=lambda one: [str(value) for value in list(one.values())[:5]])


def _observations(cells: Iterable[Record], dimension: str) -> Iterable[Record]:
    for cell in cells:
        sex, age = _SEX.get(cell.get("sex", "Total")), _AGE.get(cell.get("age", "Total"))
        series = SERIES.get("" if dimension == "Total" else cell["category"])
        area = _m49(cell["place"])
        # The flow has no code for "other", for "unknown", or for places that are none of M49's.
        if None in (sex, age, series, area) or cell["low"] is None:
            continue
        exact = cell["low"] == cell["high"]
        yield {
            "SERIES": series,
            "REF_AREA": area,
            "SEX": sex,
            "AGE": age,
            "TIME_PERIOD": cell["year"],
            "OBS_VALUE": cell["low"] if exact else "",
            "LOWER_BOUND": cell["low"],
            "UPPER_BOUND": cell["high"],
            "UNIT_MEASURE": "NUMBER",
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


def _written(observations: list[dict[str, Any]], flow: tuple[str, str]) -> str:
    agency, name = flow
    names = list(observations[0]) if observations else ["OBS_VALUE"]
    schema = Schema(
        context="dataflow",
        agency=agency,
        id=name,
        version="1.0",
        components=Components([_component(each) for each in names]),
    )
    data = pd.DataFrame(observations, columns=names).astype(str)
    written = write_sdmx([PandasDataset(structure=schema, data=data)], Format.DATA_SDMX_CSV_2_0_0)
    return str(written)


def _component(name: str) -> Component:
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
