"""Time zones: the one place that opens them and turns local wall times into UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.errors import ConfigInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def zone_named(name: str) -> tzinfo:
    """Return the time zone with this IANA name, such as ``Europe/Zagreb``.

    Raises:
        ConfigInvalid: There is no such zone; the hint has the nearest name.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # OSError: a folder such as "Europe"
        raise ConfigInvalid(f"there is no time zone {name[:60]!r}", hint=_nearest(name)) from None


def _nearest(name: str) -> str:
    from zoneinfo import available_timezones

    zones = sorted(available_timezones())
    cities = {zone.rpartition("/")[2]: zone for zone in zones}
    wanted = name.replace(" ", "_")
    zone = nearest(wanted, zones) or cities.get(nearest(wanted, cities) or "")
    return f"Did you mean {zone!r}?" if zone else "Zones are named like 'Europe/Zagreb'."


def to_utc(wall: datetime, zone: tzinfo) -> tuple[datetime, str]:
    """Return the instant of a naive local *wall* time, and a note if the clocks left a doubt.

    A time that the clocks jump over moves forward by the jump, and of a time that they
    show twice the first is taken.
    """
    local = wall.replace(tzinfo=zone, fold=0)
    at = local.astimezone(UTC)
    shown = at.astimezone(zone).replace(tzinfo=None)
    if shown != wall:
        taken = f"{shown:%H:%M}" if shown.date() == wall.date() else f"{shown:%Y-%m-%d %H:%M}"
        return at, (
            f"{wall:%H:%M} does not exist on {wall:%Y-%m-%d} in {zone} "
            f"(clocks go forward); taken as {taken}"
        )
    if local.replace(fold=1).utcoffset() != local.utcoffset():
        return at, (
            f"{wall:%H:%M} comes twice on {wall:%Y-%m-%d} in {zone} "
            f"(clocks go back); taken as the first, {local:%H:%M %Z}"
        )
    return at, ""


def to_wall(at: datetime, zone: tzinfo) -> datetime:
    """Return what a clock on the wall in *zone* shows at this instant, naive."""
    return at.astimezone(zone).replace(tzinfo=None)


def day_start(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a local date."""
    return to_utc(datetime.combine(day, time()), zone)[0]


def day_end(day: date, zone: tzinfo) -> datetime:
    """Return the last whole second of a local date, in its second pass if 23:59:59 has two."""
    return day_start(day + timedelta(days=1), zone) - timedelta(seconds=1)


def pieces(at: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Yield (start, wall time at the start, end) of stretches of one date and one offset."""
    local = at.astimezone(zone)
    while 1 < at.year < 9999:
        wall = local.replace(tzinfo=None)
        end = at + (datetime.combine(wall.date() + timedelta(days=1), time()) - wall)
        after = end.astimezone(zone)
        if after.utcoffset() != local.utcoffset():
            end = _turn(at, end, zone)
            after = end.astimezone(zone)
        yield at, wall, end
        at, local = end, after


def _turn(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Return when the offset changes; no zone ever changed it twice within a day."""
    offset = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
