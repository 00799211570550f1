"""Where the figure of a mark comes from: what its address asks."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from marsad import countries
from marsad.statistics.types.choice import Choice, written_moment
from marsad.statistics.types.picture import Mark, Picture

#: What is made of figures rather than being one: no row stands behind it.
_NO_FIGURES = ("classes", "coverage")
#: Empty they mean places of which no region is told, and not the whole world.
_EMPTY_TOO = ("region", "subregion")


def origin_query(mark: Mark, *, choice: Choice, picture: Picture) -> str:
    """What stands after the question mark of the address; "" where no rows stand behind a mark.

    :param choice: as `settled`.
    """
    if choice.kind in _NO_FIGURES or picture.years is None:
        return ""
    told = {
        "indicator": choice.indicator,
        "dimension": "form" if choice.form else "",
        "category": choice.form,
        "sex": choice.sex,
        "age": choice.age,
        "year": "-".join(map(str, dict.fromkeys(picture.years))),
        "place": ",".join(choice.places),
        "at": written_moment(choice.at),
    }
    more = _OF_KINDS[choice.kind](mark, choice, picture)
    if more is None:
        return ""
    asked = {name: value for name, value in {**told, **more}.items() if value or name in _EMPTY_TOO}
    return urlencode(asked, safe=",:")


def _line(mark: Mark, choice: Choice, picture: Picture) -> Mapping[str, str]:
    # The same States in every year: those are the places, and no others that reported in it.
    places = {"place": ",".join(picture.places)} if choice.same_states else {}
    return {**places, "year": mark.x, **_laid_out(choice.by, mark.series)}


def _bars(mark: Mark, choice: Choice, _picture: Picture) -> Mapping[str, str]:
    return _laid_out(choice.by or "form", mark.x)


def _pyramid(mark: Mark, _choice: Choice, _picture: Picture) -> Mapping[str, str]:
    return {"age": mark.x, "sex": mark.series}


def _map(mark: Mark, _choice: Choice, _picture: Picture) -> Mapping[str, str]:
    return {"place": mark.x}


def _flows(mark: Mark, choice: Choice, _picture: Picture) -> Mapping[str, str] | None:
    if (choice.by or ("country" if choice.places else "region")) != "country":
        return None
    return {"dimension": "citizenship", "category": mark.x, "place": mark.series}


def _funnel(mark: Mark, _choice: Choice, _picture: Picture) -> Mapping[str, str]:
    return {"indicator": mark.x, "all_stages": "1"}


_OF_KINDS = {
    "line": _line,
    "bars": _bars,
    "pyramid": _pyramid,
    "map": _map,
    "flows": _flows,
    "funnel": _funnel,
}


def _laid_out(by: str, code: str) -> Mapping[str, str]:
    match by:
        case "form":
            return {"dimension": "form", "category": code}
        case "region" | "subregion":
            return {by: _region_name(code)}
        case "country":
            return {"place": code}
        case "":
            return {}
        case _:
            return {by: code}


def _region_name(code: str) -> str:
    found = countries.regions().get(code)
    return found.names["en"] if found else code
