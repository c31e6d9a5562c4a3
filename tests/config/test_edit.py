from __future__ import annotations

import os
import resource
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.config import SETTINGS, load_config
from tix.config.edit import set_value, unset_value
from tix.config.file import write_text
from tix.errors import (
    CannotCreate,
    ConfigInvalid,
    IOFailed,
    PermissionRefused,
    TixError,
    UsageError,
)

WHOLE = """\
# who I am

me = "alice"    # with a reason
color  =  'never'

[mail]          # of a later tix
host = "mx"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tix" / "config.toml"


@pytest.fixture
def written(file: Path) -> Path:
    file.parent.mkdir(mode=0o700)
    file.write_text(WHOLE)
    return file


def refusal(kind: type[TixError], change: object, *args: object) -> tuple[str, str]:
    assert callable(change)
    with pytest.raises(kind) as caught:
        change(*args)
    return caught.value.message, caught.value.hint


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0, 0o077])
def test_the_first_setting_makes_a_private_file_in_a_private_folder(file: Path, umask: int):
    before = os.umask(umask)
    try:
        assert set_value(file, "me", "alice") == "alice"
    finally:
        os.umask(before)

    assert file.read_text() == 'me = "alice"\n'
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)
    assert list(file.parent.iterdir()) == [file]


def test_a_changed_value_leaves_all_else_as_it_was(written: Path):
    set_value(written, "me", "bob")

    assert written.read_text() == WHOLE.replace("alice", "bob")


def test_a_new_value_stands_before_the_first_table(written: Path):
    set_value(written, "editor", "vi")

    assert load_config({}, written).editor == "vi"
    assert set(WHOLE.splitlines()) - set(written.read_text().splitlines()) == set()


def test_a_number_is_written_as_it_was_meant(file: Path):
    assert set_value(file, "lock_timeout", "3") == 3
    assert file.read_text() == "lock_timeout = 3\n"


def test_a_value_that_is_taken_out_leaves_all_else_as_it_was(written: Path):
    assert unset_value(written, "me") is True
    assert written.read_text() == WHOLE.replace('me = "alice"    # with a reason\n', "")
    assert unset_value(written, "me") is False


def test_what_is_no_setting_can_be_taken_out_too(written: Path):
    assert unset_value(written, "mail") is True
    assert load_config({}, written).warnings == ()


def test_the_pager_can_be_switched_off(file: Path):
    set_value(file, "pager", "")

    assert load_config({"PAGER": "less"}, file).pager == ""


@pytest.mark.parametrize(
    ("name", "text", "message", "hint"),
    [
        ("colour", "never", "there is no setting 'colour'", "Did you mean 'color'?"),
        (
            "color",
            "alway",
            "color must be one of auto, always, never, not 'alway'",
            "Did you mean 'always'?",
        ),
        ("lock_timeout", "-1", "lock_timeout must be a number from 0 to 86400, not '-1'", ""),
        ("me", "", "me cannot be empty", "Run: tix config unset me"),
        (
            "timezone",
            "Europe/Zagrep",
            "there is no time zone 'Europe/Zagrep'",
            "Did you mean 'Europe/Zagreb'?",
        ),
        ("editor", "vi '", '"vi \'" has a quotation mark without its partner', ""),
        ("pager", 'less "', "'less \"' has a quotation mark without its partner", ""),
        ("me", "\udcff", "me must be a line of text, not '\\udcff'", ""),
    ],
)
def test_what_would_not_work_is_refused_and_the_file_is_as_before(
    written: Path, name: str, text: str, message: str, hint: str
):
    assert refusal(UsageError, set_value, written, name, text) == (message, hint)
    assert written.read_text() == WHOLE


def test_an_unknown_setting_cannot_be_taken_out(file: Path):
    assert refusal(UsageError, unset_value, file, "colour")[1] == "Did you mean 'color'?"


def test_a_wrong_value_can_be_put_right(written: Path):
    written.write_text('color = 7\nme = "alice"\n')

    set_value(written, "color", "auto")

    assert load_config({}, written).values()["color"] == "auto"


def test_a_file_that_is_no_toml_is_not_touched(written: Path):
    written.write_text("me = \n")

    assert refusal(ConfigInvalid, set_value, written, "me", "x")[0].startswith(f"{written}:1:")
    assert written.read_text() == "me = \n"


def test_what_is_behind_a_link_is_changed_and_the_link_stays(written: Path, tmp_path: Path):
    link = tmp_path / "config.toml"
    link.symlink_to(written)

    set_value(link, "me", "bob")

    assert link.is_symlink()
    assert load_config({}, written).me == "bob"


def test_a_link_to_nowhere_becomes_a_file_there(file: Path, tmp_path: Path):
    link = tmp_path / "config.toml"
    link.symlink_to(file)

    set_value(link, "me", "bob")

    assert file.read_text() == 'me = "bob"\n'


def test_a_folder_that_others_may_write_to_is_refused(written: Path):
    written.parent.chmod(0o777)

    assert refusal(PermissionRefused, set_value, written, "me", "bob")[0] == (
        f"others may write to {written.parent}"
    )


def test_a_file_in_the_way_of_the_folder_is_told(file: Path):
    file.parent.touch()

    refusal(ConfigInvalid, set_value, file, "me", "bob")


@pytest.mark.skipif(not Path("/sys").is_dir(), reason="there is no /sys, where nothing can be made")
def test_a_folder_that_cannot_be_made_is_told():
    place = Path("/sys/tix/config.toml")

    told = refusal(PermissionRefused, set_value, place, "me", "bob")

    assert told[0].startswith(f"{place} cannot be written: ")


def test_a_folder_in_the_place_of_what_is_linked_to_is_told(tmp_path: Path):
    refusal(ConfigInvalid, set_value, tmp_path, "me", "bob")
    with pytest.raises(CannotCreate):
        write_text(tmp_path, "")


def test_a_disk_that_is_full_leaves_the_file_as_it_was(written: Path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        told = refusal(IOFailed, set_value, written, "me", "bob")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert told[0] == f"{written} cannot be written: File too large"
    assert written.read_text() == WHOLE
    assert list(written.parent.iterdir()) == [written]


@given(st.dictionaries(st.sampled_from(["me", "editor"]), st.text(max_size=20)))
def test_what_is_set_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]
):
    file = tmp_path_factory.getbasetemp() / "round" / "config.toml"
    file.unlink(missing_ok=True)
    expected = load_config({}, None).values()
    for name, text in values.items():
        try:
            expected[name] = set_value(file, name, text)
        except UsageError:
            continue

    assert load_config({}, file).values() == expected


@given(st.permutations([setting.name for setting in SETTINGS]))
def test_settings_set_and_taken_out_in_any_order_leave_the_file_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
):
    file = tmp_path_factory.getbasetemp() / "order" / "config.toml"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    before = "# mine\n\n[mail]\nhost = 'mx' # there\n"
    file.write_text(before)
    values = {"timezone": "UTC", "output": "csv", "color": "never"}
    values |= {"lock_timeout": "2.5", "hooks": "true", "editor_time": "false"}

    for name in names:
        set_value(file, name, values.get(name, "x"))
    assert "default" not in load_config({}, file).origins.values()
    for name in names:
        unset_value(file, name)

    assert file.read_text() == before
