"""Times as files write them: one declared form, never a guess, in one declared zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.zone import day_end, to_utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

EXAMPLES = {
    "iso": "2026-11-24 17:00 or 2026-11-24T17:00:00Z",
    "us": "11/24/2026 5:00 PM",
    "eu": "24.11.2026 17:00",
    "epoch": "1795539600",
}
"""The forms that have names, with what they look like; any other is one of ``strptime``."""

_CLOCK = r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?)?"
_US = rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_CLOCK}"
_EU = rf"(\d{{1,2}})[./-](\d{{1,2}})[./-](\d{{4}})\.?{_CLOCK}"
_MILLISECONDS = 10**11
_REMEMBERED = 20_000


class Times:
    """Reads times in any of *forms*; those without a zone of their own are in *zone*."""

    def __init__(self, forms: Sequence[str], zone: tzinfo) -> None:
        self._forms = tuple(forms)
        self._zone = zone
        self._known: dict[tuple[str, bool], datetime] = {}

    def __call__(self, text: str, *, end_of_day: bool = False) -> datetime:
        """Return the instant of *text*; of a date alone its first, or last with *end_of_day*.

        Raises:
            ValueError: It is in none of the forms, or outside the years 1970 to 9998.
        """
        key = (text, end_of_day)
        if key not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[key] = self._read(text, end_of_day)
        return self._known[key]

    @property
    def expected(self) -> str:
        """What a time must look like, for an error."""
        return " or ".join(EXAMPLES.get(form, form) for form in self._forms)

    def _read(self, text: str, end_of_day: bool) -> datetime:
        for form in self._forms:
            try:
                at = _parsed(form, text)
                at = self._last_instant(at) if end_of_day and ":" not in text else self._utc(at)
            except (ValueError, OverflowError):
                continue
            if 1970 <= at.year < 9999:
                return at
        raise ValueError(f"not a time such as {self.expected}")

    def _utc(self, at: datetime) -> datetime:
        return at.astimezone(UTC) if at.tzinfo else to_utc(at, self._zone)[0]

    def _last_instant(self, at: datetime) -> datetime:
        return at.astimezone(UTC) if at.tzinfo else day_end(at.date(), self._zone)


def is_form(form: str) -> bool:
    """Return whether *form* is a name or can be one of ``strptime``."""
    if form in EXAMPLES:
        return True
    try:
        written = datetime(2001, 2, 3, tzinfo=UTC).strftime(form)
        return "%" in form and bool(datetime.strptime(written, form))  # noqa: DTZ007 - only tried
    except (ValueError, re.error):
        return False


def _parsed(form: str, text: str) -> datetime:
    """Return the time in *text*, naive if it names no zone.

    Raises:
        ValueError: It is not written in *form*.
    """
    if form == "iso":
        return datetime.fromisoformat(text.removesuffix(" UTC") + "Z" * text.endswith(" UTC"))
    if form == "epoch":
        return _since_1970(text)
    if form == "us":
        month, day, *rest = _groups(_US, text)
        return _composed(day, month, rest)
    if form == "eu":
        day, month, *rest = _groups(_EU, text)
        return _composed(day, month, rest)
    return datetime.strptime(text, form)  # noqa: DTZ007 - the declared zone is put on after


def _since_1970(text: str) -> datetime:
    seconds = float(text) if re.fullmatch(r"\d{1,14}(\.\d+)?", text) else -1.0
    if seconds < 0:
        raise ValueError
    if seconds >= _MILLISECONDS:
        seconds /= 1000
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _groups(pattern: str, text: str) -> tuple[str | None, ...]:
    found = re.fullmatch(pattern, text, re.ASCII)
    if found is None:
        raise ValueError
    return found.groups()


def _composed(day: str | None, month: str | None, rest: list[str | None]) -> datetime:
    year, hour, minute, second, half = rest
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError
        hours = hours % 12 + (12 if half in "pP" else 0)
    return datetime(  # noqa: DTZ001 - the declared zone is put on after
        int(year or 0), int(month or 0), int(day or 0), hours, int(minute or 0), int(second or 0)
    )
