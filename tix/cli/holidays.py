"""Where a set-up gets holidays from: iCalendar files, and the countries of a library."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tix.errors import UsageError
from tix.lazy import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tix.cli.call import Call
    from tix.ops.setup import Sources

_YEARS = 6  # the last one, this one, and those that promises may reach into


def sources(call: Call, file: str | None) -> Sources:
    """Return what reads holidays for a document; names of files count from its folder."""
    from tix.ops.setup import Sources

    folder = os.path.dirname(file) if file not in (None, "-") else ""  # noqa: PTH120
    return Sources(
        lambda name: _in_file(os.path.join(folder, name)),  # noqa: PTH118
        lambda name: _of_country(name, call.desk.clock().year),
    )


def _in_file(path: str) -> list[Any]:
    """Return the holidays of an iCalendar file as entries of a document.

    Raises:
        BadData: It is none; the line is named.
        UsageError: It cannot be read.
    """
    from tix.cli.texts import read_file
    from tix.domain.ics import holidays_in
    from tix.ops.setup.promises import holiday_entries

    return holiday_entries(holidays_in(read_file(path).decode("utf-8-sig", "replace")))


def _of_country(name: str, year: int) -> list[Any]:
    """Return the public holidays of ``HR`` or ``DE-BY`` from the year before *year* on.

    Raises:
        UsageError: The library is missing, or knows no such country or region.
    """
    try:
        holidays_of: Any = load("holidays:country_holidays")
    except ImportError:
        raise UsageError(
            f"the holidays of {name} need a library that is not installed",
            hint="pip install 'tix-desk[holidays]'",
        ) from None
    countries: dict[str, tuple[str, ...]] = load("holidays.registry:COUNTRIES")
    codes = [code for _, *two in countries.values() for code in two[:2]]
    given, _, region = name.partition("-")
    country = _known(given, codes, name, "There are the codes of ISO 3166, such as HR or DE-BY.")
    if region:
        here = holidays_of(country)
        regions = (*here.subdivisions, *here.subdivisions_aliases)
        listed = ", ".join(sorted(here.subdivisions)) or "no regions"
        region = _known(region, regions, name, f"In {country} there are {listed}.", f"{country}-")
    years = range(year - 1, year + _YEARS - 1)
    found: dict[date, str] = holidays_of(country, subdiv=region or None, years=years)
    return [f"{day.isoformat()} {told}" for day, told in sorted(found.items())]


def _known(given: str, names: Iterable[str], whole: str, listed: str, before: str = "") -> str:
    """Return the one of *names* that *given* is, in capitals or not.

    Raises:
        UsageError: It is none of them; the nearest is suggested, else what is *listed*.
    """
    from tix.domain.nearest import nearest

    guess = nearest(given, names)
    if guess and guess.casefold() == given.casefold():
        return guess
    hint = f"Did you mean {before + guess!r}?" if guess else listed
    raise UsageError(f"no holidays are known for {whole}", hint=hint)
