from __future__ import annotations

import os
from contextlib import suppress
from grp import getgrgid
from pwd import getpwuid
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.config import SETTINGS, Config, load_config
from tix.errors import ConfigInvalid, PermissionRefused, TixError, UsageError
from tix.output import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

DEFAULTS = {
    "me": None,
    "timezone": None,
    "output": "table",
    "color": "auto",
    "pager": None,
    "editor": None,
    "editor_time": "true",
    "lock_timeout": 10,
    "hooks": "false",
    "sla_tag": None,
    "sla_notify": None,
}
WHOLE = """\
# who I am
me = "alice"
timezone = 'Europe/Zagreb'
output = "json"

color = "NEVER"
pager = ""
editor = "code --wait"
editor_time = "false"
"lock_timeout" = 3
hooks = true
sla_tag = "late"
sla_notify = "file:/tmp/a"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refusal(kind: type[TixError], load: object = None, **flags: str | float) -> tuple[str, str]:
    with pytest.raises(kind) as caught:
        load() if callable(load) else load_config({}, None).with_flags(**flags)
    return caught.value.message, caught.value.hint


def test_the_members_of_a_config_begin_with_the_settings():
    names = tuple(setting.name for setting in SETTINGS)

    assert Config._fields[: len(names)] == names


def test_without_anything_all_is_default(file: Path):
    config = load_config({}, None)

    assert config.values() == DEFAULTS
    assert set(config.origins.values()) == {"default"}
    assert (config.path, config.warnings) == (None, ())
    assert load_config({}, file) == config._replace(path=str(file))


def test_config_toml_is_read_and_each_value_knows_its_line(file: Path):
    file.write_text(WHOLE)

    config = load_config({}, file)

    assert config.values() == {
        "me": "alice",
        "timezone": "Europe/Zagreb",
        "output": "json",
        "color": "never",
        "pager": "",
        "editor": "code --wait",
        "editor_time": "false",
        "lock_timeout": 3.0,
        "hooks": "true",
        "sla_tag": "late",
        "sla_notify": "file:/tmp/a",
    }
    assert config.origins == {
        "me": f"{file}:2",
        "timezone": f"{file}:3",
        "output": f"{file}:4",
        "color": f"{file}:6",
        "pager": f"{file}:7",
        "editor": f"{file}:8",
        "editor_time": f"{file}:9",
        "lock_timeout": f"{file}:10",
        "hooks": f"{file}:11",
        "sla_tag": f"{file}:12",
        "sla_notify": f"{file}:13",
    }


def test_the_environment_stands_above_the_file(file: Path):
    file.write_text(WHOLE)
    environ = {
        "TIX_USER": " bob ",
        "TIX_TZ": "UTC",
        "TIX_OUTPUT": "csv",
        "TIX_COLOR": "Always",
        "TIX_PAGER": "more",
        "TIX_EDITOR": "ed",
        "TIX_EDITOR_TIME": "TRUE",
        "TIX_LOCK_TIMEOUT": "0.5",
        "TIX_HOOKS": "False",
        "TIX_SLA_TAG": "over",
        "TIX_SLA_NOTIFY": "file:/b",
    }

    config = load_config(environ, file)

    values = ["bob", "UTC", "csv", "always", "more", "ed", "true", 0.5, "false"]
    values += ["over", "file:/b"]
    assert list(config.values().values()) == values
    assert list(config.origins.values()) == list(environ)


def test_a_flag_stands_above_the_environment():
    config = load_config({"TIX_USER": "bob", "TIX_COLOR": "never"}, None)

    above = config.with_flags(me="carol", color=None, pager="", lock_timeout=0)

    assert above.values() == {
        **DEFAULTS,
        "me": "carol",
        "color": "never",
        "pager": "",
        "lock_timeout": 0.0,
    }
    assert (above.origins["me"], above.origins["color"], above.origins["pager"]) == (
        "--actor",
        "TIX_COLOR",
        "--no-pager",
    )
    assert (config.me, config.origins["me"]) == ("bob", "TIX_USER")


def test_an_empty_value_is_the_same_as_none_but_for_the_pager(file: Path):
    file.write_text('me = ""\neditor = " "\n')
    empty = {setting.env: "" for setting in SETTINGS if setting.type == "text"}

    config = load_config(empty, file)

    assert config.values() == {**DEFAULTS, "pager": ""}
    assert config.origins["pager"] == "TIX_PAGER"


def test_the_formats_are_those_of_the_output():
    (output,) = (setting for setting in SETTINGS if setting.name == "output")

    assert output.choices == tuple(FORMATS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_is_described(setting):
    assert setting.help.endswith(".")
    assert setting.env.startswith("TIX_")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("me = alice", "1:6: invalid value", ""),
        ('\n\nme = "alice', "3: unterminated string", ""),
        ('me = "a"\nme = "b"\n', "2:9: cannot overwrite a value", ""),
        ("me = [1,", "1: invalid value", ""),
        ("me = 7", "1: me must be a line of text, not 7", ""),
        ("\nme = true", "2: me must be a line of text, not true", ""),
        ('me = "a\\nb"', "1: me must be a line of text, not 'a\\nb'", ""),
        ('me = "\\u001b[2J"', "1: me must be a line of text, not '\\x1b[2J'", ""),
        ("[me]\nx=1", "1: me must be a line of text, not {'x': 1}", ""),
        ("me.x = 1", "1: me must be a line of text, not {'x': 1}", ""),
        (
            'color = "alwys"',
            "1: color must be one of auto, always, never, not 'alwys'",
            "Did you mean 'always'?",
        ),
        ("color = true", "1: color must be one of auto, always, never, not true", ""),
        (
            'lock_timeout = "soon"',
            "1: lock_timeout must be a number from 0 to 86400, not 'soon'",
            "",
        ),
        ("lock_timeout = -1", "1: lock_timeout must be a number from 0 to 86400, not -1", ""),
        ("lock_timeout = inf", "1: lock_timeout must be a number from 0 to 86400, not inf", ""),
        ("lock_timeout = nan", "1: lock_timeout must be a number from 0 to 86400, not nan", ""),
        ("lock_timeout = true", "1: lock_timeout must be a number from 0 to 86400, not true", ""),
        (
            "lock_timeout = 1" + "0" * 400,
            "1: lock_timeout must be a number from 0 to 86400, not 1" + "0" * 59 + "…",
            "",
        ),
        ("lock_timeout = []", "1: lock_timeout must be a number from 0 to 86400, not []", ""),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(file: Path, text: str, message: str, hint: str):
    file.write_text(text)

    assert refusal(ConfigInvalid, lambda: load_config({}, file)) == (f"{file}:{message}", hint)


def test_a_value_that_cannot_be_used_is_told_even_if_another_stands_above_it(file: Path):
    file.write_text("me = 7")

    refusal(ConfigInvalid, lambda: load_config({"TIX_USER": "bob"}, file))


def test_a_variable_that_cannot_be_used_is_named():
    told = refusal(ConfigInvalid, lambda: load_config({"TIX_COLOR": "on"}, None))

    assert told == ("TIX_COLOR: color must be one of auto, always, never, not 'on'", "")


def test_bytes_that_are_not_utf_8_are_no_name():
    refusal(ConfigInvalid, lambda: load_config({"TIX_USER": "\udcff"}, None))


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"me": ""}, "--actor is empty"),
        ({"me": "a\nb"}, "--actor: me must be a line of text, not 'a\\nb'"),
        ({"colour": "auto"}, "there is no setting 'colour'"),
    ],
)
def test_a_flag_that_cannot_be_used_is_a_usage_error(flags: dict[str, str], message: str):
    assert refusal(UsageError, **flags)[0] == message


def test_an_unknown_setting_is_a_warning_with_the_nearest_one(file: Path):
    file.write_text('colour = "never"\n[mail.outgoing]\nhost = "mx"\n["\\u001b[2J"]\n')

    config = load_config({}, file)

    everything = ", ".join(DEFAULTS)
    assert config.values() == DEFAULTS
    assert config.warnings == (
        f"{file}:1: there is no setting 'colour'. Did you mean 'color'?",
        f"{file}:2: there is no setting 'mail'. The settings are {everything}.",
        f"{file}:1: there is no setting '\\x1b[2J'. The settings are {everything}.",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'me = "a"\n\xff', ":2: it is not UTF-8"),
        (b"x" * 1_000_001, " is larger than a megabyte"),
        (b"a=" + b"[" * 200_000, ": it is nested too deeply"),
    ],
)
def test_what_is_no_text_is_told(file: Path, content: bytes, message: str):
    file.write_bytes(content)

    assert refusal(ConfigInvalid, lambda: load_config({}, file)) == (f"{file}{message}", "")


def test_a_byte_order_mark_and_carriage_returns_are_nothing(file: Path):
    file.write_bytes('\ufeff# mine\r\nme = "alice"\r\n'.encode())

    assert load_config({}, file).origins["me"] == f"{file}:2"


def test_a_folder_is_no_config(tmp_path: Path):
    refusal(ConfigInvalid, lambda: load_config({}, tmp_path))


def test_a_pipe_is_neither_waited_for_nor_read(file: Path):
    os.mkfifo(file)

    told = refusal(ConfigInvalid, lambda: load_config({}, file))

    assert told == (f"{file} is not a file", "")


def test_a_file_in_the_way_of_the_folder_is_told(file: Path):
    file.touch()

    refusal(ConfigInvalid, lambda: load_config({}, file / "config.toml"))


def test_a_file_that_cannot_be_read_is_told(file: Path):
    file.write_text(WHOLE)
    file.chmod(0)
    user = os.geteuid()
    if user == 0:  # whom no mode stops
        os.seteuid(65534)
    try:
        told = refusal(PermissionRefused, lambda: load_config({}, file))
    finally:
        os.seteuid(user)

    assert told[0] == f"{file} cannot be read"


def test_what_others_may_write_to_is_refused(file: Path):
    file.write_text(WHOLE)
    file.chmod(0o602)

    told = refusal(PermissionRefused, lambda: load_config({}, file))

    assert told == (f"others may write to {file}", f"Run: chmod go-w '{file}'")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to any group")
@pytest.mark.parametrize("group", [1, 4_000_000])
def test_what_a_group_may_write_to_is_refused(file: Path, group: int):
    file.write_text(WHOLE)
    file.chmod(0o660)
    os.chown(file, -1, group)

    refusal(PermissionRefused, lambda: load_config({}, file))


@pytest.mark.skipif(
    getgrgid(os.getegid()).gr_name != getpwuid(os.geteuid()).pw_name,
    reason="users have no group of their own here",
)
def test_a_group_of_which_the_user_is_alone_is_nobody_else(file: Path):
    file.write_text(WHOLE)
    file.chmod(0o664)

    assert load_config({}, file).me == "alice"


def test_a_folder_that_others_may_write_to_is_refused(file: Path):
    file.write_text(WHOLE)
    file.parent.chmod(0o777)

    told = refusal(PermissionRefused, lambda: load_config({}, file))

    assert told[0] == f"others may write to {file.parent}"


def test_in_a_sticky_folder_nobody_can_replace_the_file(file: Path):
    file.write_text(WHOLE)
    file.parent.chmod(0o1777)

    assert load_config({}, file).me == "alice"


def test_dev_null_is_an_empty_config(tmp_path: Path):
    from pathlib import Path

    assert load_config({}, Path(os.devnull)).values() == DEFAULTS


def test_a_link_is_followed(file: Path, tmp_path: Path):
    real = tmp_path / "dotfiles" / "tix.toml"
    real.parent.mkdir()
    real.write_text(WHOLE)
    file.symlink_to(real)

    assert load_config({}, file).me == "alice"
    real.parent.chmod(0o777)
    assert refusal(PermissionRefused, lambda: load_config({}, file))[0] == (
        f"others may write to {real.parent}"
    )


@given(st.binary(max_size=60) | st.text(alphabet='=[]"\n.#ame ', max_size=30).map(str.encode))
def test_no_content_is_more_than_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)

    with suppress(ConfigInvalid):
        assert load_config({}, file).path == str(file)


@given(st.text(max_size=10))
def test_any_lock_timeout_is_a_number_or_refused(text: str):
    try:
        config = load_config({"TIX_LOCK_TIMEOUT": text}, None)
    except ConfigInvalid:
        return
    assert 0 <= config.lock_timeout <= 86400
