from __future__ import annotations

from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tix.config import load_config, time_zone
from tix.errors import ConfigInvalid, UsageError

ZAGREB = ZoneInfo("Europe/Zagreb")
TOKYO = ZoneInfo("Asia/Tokyo")


def zone(environ: dict[str, str], desk: str | None = None, flag: str | None = None) -> tzinfo:
    return time_zone(load_config(environ, None).with_flags(timezone=flag), desk)


def test_the_flag_the_user_the_desk_and_the_system_in_this_order():
    environ = {"TIX_TZ": "Asia/Tokyo", "TZ": "America/Lima"}

    assert zone(environ, "Europe/Paris", "Europe/Zagreb") is ZAGREB
    assert zone(environ, "Europe/Paris") is TOKYO
    assert zone({"TZ": "America/Lima"}, "Europe/Paris") is ZoneInfo("Europe/Paris")
    assert zone({"TZ": "America/Lima"}) is ZoneInfo("America/Lima")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", UTC),
        ("UTC", UTC),
        (":Asia/Tokyo", TOKYO),
        ("/usr/share/zoneinfo/Asia/Tokyo", TOKYO),
        (":/usr/share/zoneinfo/Asia/Tokyo", TOKYO),
    ],
)
def test_the_variable_of_the_system_is_read_as_the_system_does(text: str, expected: tzinfo):
    assert zone({"TZ": text}) is expected


@pytest.mark.skipif(not Path("/etc/localtime").is_symlink(), reason="/etc/localtime is no link")
def test_without_any_word_the_link_of_the_system_tells():
    name = str(Path("/etc/localtime").readlink()).rpartition("zoneinfo/")[2]

    assert zone({}).utcoffset(None) == (UTC if "UTC" in name else ZoneInfo(name)).utcoffset(None)


def test_an_unknown_zone_names_its_place_and_the_nearest_one():
    with pytest.raises(ConfigInvalid) as caught:
        zone({"TIX_TZ": "Europe/Zagrep"})

    assert caught.value.message == "TIX_TZ: there is no time zone 'Europe/Zagrep'"
    assert caught.value.hint == "Did you mean 'Europe/Zagreb'?"


def test_an_unknown_zone_of_the_desk_or_the_system_is_told_too():
    with pytest.raises(ConfigInvalid, match=r"^the desk: there is no time zone 'Mars/Base'$"):
        zone({}, "Mars/Base")
    with pytest.raises(ConfigInvalid, match=r"^TZ: there is no time zone 'CET-1CEST'$"):
        zone({"TZ": "CET-1CEST"})


def test_an_unknown_zone_on_the_command_line_is_a_usage_error():
    with pytest.raises(UsageError, match=r"^--tz: there is no time zone 'zagrep'$") as caught:
        zone({}, flag="zagrep")

    assert caught.value.hint == "Did you mean 'Europe/Zagreb'?"
