from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tix.config.places import (
    cache_dir,
    config_path,
    desk_path,
    make_private,
    state_dir,
)
from tix.errors import CannotCreate, PermissionRefused, UsageError

if TYPE_CHECKING:
    from pathlib import Path

HOME = {"HOME": "/home/jo"}


@pytest.mark.parametrize(
    ("environ", "flag", "expected"),
    [
        (HOME, None, ("/home/jo/.local/share/tix", True)),
        ({**HOME, "XDG_DATA_HOME": "/data"}, None, ("/data/tix", True)),
        ({"XDG_DATA_HOME": "/data"}, None, ("/data/tix", True)),
        ({**HOME, "XDG_DATA_HOME": "data"}, None, ("/home/jo/.local/share/tix", True)),
        ({**HOME, "XDG_DATA_HOME": ""}, None, ("/home/jo/.local/share/tix", True)),
        ({**HOME, "TIX_DB": "desk"}, None, ("desk", False)),
        ({**HOME, "TIX_DB": ""}, None, ("/home/jo/.local/share/tix", True)),
        ({**HOME, "TIX_DB": "desk"}, "other", ("other", False)),
        ({}, "postgresql://desk", ("postgresql://desk", False)),
        ({"TIX_DB": "/desk"}, None, ("/desk", False)),
    ],
)
def test_the_desk_is_where_the_flag_or_the_variable_says_or_at_the_default_place(
    environ: dict[str, str], flag: str | None, expected: tuple[str, bool]
):
    assert desk_path(environ, flag) == expected


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "jo", "XDG_DATA_HOME": "data"}])
def test_without_a_home_the_desk_must_be_named(environ: dict[str, str]):
    with pytest.raises(CannotCreate, match="neither HOME nor XDG_DATA_HOME is set") as caught:
        desk_path(environ, None)

    assert caught.value.hint == "Name one with --db DIR or TIX_DB."


def test_an_empty_flag_is_not_the_default_desk():
    with pytest.raises(UsageError, match="--db is empty"):
        desk_path(HOME, "")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (HOME, "/home/jo/.config/tix/config.toml"),
        ({**HOME, "XDG_CONFIG_HOME": "/etc/jo"}, "/etc/jo/tix/config.toml"),
        ({**HOME, "XDG_CONFIG_HOME": "etc"}, "/home/jo/.config/tix/config.toml"),
        ({**HOME, "TIX_CONFIG": "mine.toml"}, "mine.toml"),
        ({**HOME, "TIX_CONFIG": ""}, "/home/jo/.config/tix/config.toml"),
        ({}, None),
        ({"HOME": ""}, None),
    ],
)
def test_config_toml_is_where_the_variable_says_or_below_home(
    environ: dict[str, str], expected: str | None
):
    assert config_path(environ) == expected


def test_state_and_cache_have_places_of_their_own():
    xdg = {"XDG_STATE_HOME": "/state", "XDG_CACHE_HOME": "/cache"}

    assert (state_dir(HOME), cache_dir(HOME)) == (
        "/home/jo/.local/state/tix",
        "/home/jo/.cache/tix",
    )
    assert (state_dir(xdg), cache_dir(xdg)) == ("/state/tix", "/cache/tix")
    assert (state_dir({}), cache_dir({})) == (None, None)


def test_a_private_folder_is_made_with_all_above_it(tmp_path: Path):
    folder = tmp_path / "a" / "b"
    before = os.umask(0)
    try:
        make_private(folder)
        make_private(folder)
    finally:
        os.umask(before)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700] * 2


def test_a_folder_that_others_may_write_to_is_not_private(tmp_path: Path):
    tmp_path.chmod(0o777)

    with pytest.raises(PermissionRefused, match="others may write to"):
        make_private(tmp_path)
