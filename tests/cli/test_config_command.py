from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commandline import finish

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk

NAMES = ["me", "timezone", "output", "color", "pager", "editor", "editor_time"]
NAMES += ["lock_timeout", "hooks", "sla_tag", "sla_notify"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home without a desk, which preferences do not need."""
    return tmp_path


@pytest.fixture
def file(home: Path) -> Path:
    return home / "config.toml"


@pytest.fixture
def editor(home: Path) -> dict[str, str]:
    """The environment of an editor that writes what is in ``wanted``, or nothing."""
    script = home / "editor"
    script.write_text('#!/bin/sh\ncp "$1" before; [ ! -e wanted ] || cp wanted "$1"\n')
    script.chmod(0o755)
    return {"TIX_EDITOR": str(script)}


def test_list_shows_each_setting_with_its_value(run: Desk, file: Path):
    file.write_text('color = "never"\nlock_timeout = 2.5\n')

    assert run("config list") == (
        "me\talice\n"
        "timezone\tEurope/Zagreb\n"
        "output\ttable\n"
        "color\tnever\n"
        "pager\t\n"
        "editor\t\n"
        "editor_time\ttrue\n"
        "lock_timeout\t2.5\n"
        "hooks\tfalse\n"
        "sla_tag\t\n"
        "sla_notify\t\n"
    )


def test_list_tells_where_each_value_comes_from(run: Desk, file: Path):
    file.write_text('me = "bob"\n\ncolor = "never"\n')

    assert run("config list --show-origin --tz UTC") == (
        "me\talice\tTIX_USER\n"
        "timezone\tUTC\t--tz\n"
        "output\ttable\tdefault\n"
        f"color\tnever\t{file}:3\n"
        "pager\t\tTIX_PAGER\n"
        "editor\t\tdefault\n"
        "editor_time\ttrue\tdefault\n"
        "lock_timeout\t10\tdefault\n"
        "hooks\tfalse\tdefault\n"
        "sla_tag\t\tdefault\n"
        "sla_notify\t\tdefault\n"
    )


def test_list_is_a_table_on_a_terminal(tix: Desk):
    assert tix("config list", tty=True) == (
        "NAME          VALUE\n"
        "me            alice\n"
        "timezone      Europe/Zagreb\n"
        "output        table\n"
        "color         auto\n"
        "pager         —\n"
        "editor        —\n"
        "editor_time   true\n"
        "lock_timeout  10\n"
        "hooks         false\n"
        "sla_tag       —\n"
        "sla_notify    —\n"
    ).replace("NAME          VALUE", "\x1b[1mNAME          VALUE\x1b[0m")


def test_list_has_every_format(run: Desk):
    listed = json.loads(run("config list --json"))

    assert listed["schema"] == "tix.setting_list/1"
    assert [setting["name"] for setting in listed["settings"]] == NAMES
    assert listed["settings"][0] == {
        "schema": "tix.setting/1",
        "name": "me",
        "value": "alice",
        "default": None,
        "origin": "TIX_USER",
        "variable": "TIX_USER",
        "help": "Who you are: the agent that acts; without it, your login name.",
    }
    assert run("config list -o ids").split() == NAMES
    assert run("config list -o csv --fields origin,name").splitlines()[1] == "TIX_USER,me"
    assert run("config list -o md").splitlines()[2] == "| me | alice |"


def test_get_prints_just_the_value(run: Desk, tix: Desk):
    assert run("config get me") == "alice\n"
    assert run("config get editor") == "\n"
    assert run("config get lock_timeout") == "10\n"
    assert run("config get me --show-origin") == "TIX_USER\talice\n"
    assert tix("config get me", tty=True) == "alice\n"


def test_get_knows_the_other_formats(run: Desk):
    assert json.loads(run("config get color --json")) == {
        "schema": "tix.setting/1",
        "name": "color",
        "value": "auto",
        "default": "auto",
        "origin": "default",
        "variable": "TIX_COLOR",
        "help": "Colour: on a terminal (auto), always or never.",
    }
    assert run("config get color -o tsv") == "name\tvalue\torigin\ncolor\tauto\tdefault\n"


def test_what_is_set_is_got(run: Desk, file: Path):
    result = run.run("config set editor 'code --wait'")

    assert (result.stdout, result.stderr) == ("", f"editor is 'code --wait' in {file}\n")
    assert file.read_text() == 'editor = "code --wait"\n'
    assert run("config get editor --show-origin") == f"{file}:1\tcode --wait\n"


def test_quiet_sets_without_a_word(run: Desk):
    assert run.run("config set color never -q").stderr == ""


def test_set_warns_if_the_environment_stands_above(run: Desk):
    assert run.run("config set me bob").stderr.splitlines()[1] == (
        "tix: warning: TIX_USER is set and stands above config.toml"
    )


def test_set_takes_a_value_that_begins_with_a_dash_after_two(run: Desk):
    run("config set editor -- -x")

    assert run("config get editor") == "-x\n"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("set colour never", "there is no setting 'colour'\nhint: Did you mean 'color'?\n"),
        (
            "set color alway",
            "color must be one of auto, always, never, not 'alway'\nhint: Did you mean 'always'?\n",
        ),
        ("set me ''", "me cannot be empty\nhint: Run: tix config unset me\n"),
        ("unset colour", "there is no setting 'colour'\nhint: Did you mean 'color'?\n"),
        ("get colour", "there is no setting 'colour'\nhint: Did you mean 'color'?\n"),
        (
            "set timezone Zagrep",
            "there is no time zone 'Zagrep'\nhint: Did you mean 'Europe/Zagreb'?\n",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(run: Desk, file: Path, line: str, error: str):
    result = run.run(f"config {line}")

    assert (result.code, result.stderr) == (2, f"tix: error: {error}")
    assert not file.exists()


def test_unset_takes_the_value_out(run: Desk, file: Path):
    file.write_text('# mine\ncolor = "never"\n')

    assert run.run("config unset color").stderr == f"color is no more in {file}\n"
    assert run.run("config unset color").stderr == f"color is not in {file}\n"
    assert file.read_text() == "# mine\n"


def test_path_is_told_whether_the_file_is_there_or_not(run: Desk, file: Path):
    assert run("config path") == f"{file}\n"
    assert json.loads(run("config path --json")) == {
        "schema": "tix.config_path/1",
        "path": str(file),
        "exists": False,
    }
    assert run("config path", env={"TIX_CONFIG": ""}) == f"{run.home}/.config/tix/config.toml\n"


def test_without_a_home_there_is_no_place_and_no_crash(run: Desk):
    nowhere = {"TIX_CONFIG": "", "HOME": ""}

    assert run("config get me", env=nowhere) == "alice\n"
    assert run.run("config path", env=nowhere).stderr == (
        "tix: error: no place for config.toml: neither HOME nor XDG_CONFIG_HOME is set\n"
        "hint: Name one in TIX_CONFIG.\n"
    )
    run("config set me bob", env=nowhere, code=73)


def test_a_config_that_cannot_be_used_is_78_and_can_be_put_right(run: Desk, file: Path):
    file.write_text('color = "blue"\n')

    assert run.run("config list").stderr == (
        f"tix: error: {file}:1: color must be one of auto, always, never, not 'blue'\n"
    )
    run("config get me", code=78)
    run("config set color auto")
    run("config list")


def test_an_unknown_setting_is_a_warning_and_can_be_taken_out(run: Desk, file: Path):
    file.write_text('colour = "never"\n')

    result = run.run("config get color")

    assert (result.stdout, result.code) == ("auto\n", 0)
    assert result.stderr == (
        f"tix: warning: {file}:1: there is no setting 'colour'. Did you mean 'color'?\n"
    )
    run("config unset colour")
    assert run.run("config get color").stderr == ""


def test_a_preference_does_not_change_what_a_script_reads(run: Desk, tix: Desk, file: Path):
    file.write_text('output = "csv"\n')

    assert run("config list").startswith("me\talice\n")
    assert tix("config list", tty=True).startswith("name,value\n")
    assert tix("config list -o tsv", tty=True).startswith("name\tvalue\n")


class TestEdit:
    def test_it_starts_with_all_that_can_be_set(
        self, tix: Desk, home: Path, file: Path, editor: dict[str, str]
    ):
        assert tix("config edit", env=editor, tty=True, code=5) == (
            "tix: error: aborted, nothing was saved\n"
        )

        lines = (home / "before").read_text().splitlines()
        assert [line.split()[1] for line in lines if "=" in line] == NAMES
        assert not file.exists()

    def test_it_saves_what_would_work(
        self, tix: Desk, home: Path, file: Path, editor: dict[str, str]
    ):
        (home / "wanted").write_text('# mine\ncolor = "never"\ncolour = 1\n')

        shown = tix("config edit", env=editor, tty=True)

        assert shown.endswith(f"saved {file}\n")
        assert "there is no setting 'colour'. Did you mean 'color'?" in shown
        assert file.read_text() == '# mine\ncolor = "never"\ncolour = 1\n'

    @pytest.mark.parametrize(
        ("wanted", "error"),
        [
            ("color = blue", ":1:9: invalid value"),
            ('#\ncolor = "blue"', ":2: color must be one of auto, always, never, not 'blue'"),
            ('timezone = "Mars/Base"', ":1: there is no time zone 'Mars/Base'"),
        ],
    )
    def test_what_would_not_work_is_kept_as_a_draft_and_not_saved(
        self, tix: Desk, file: Path, editor: dict[str, str], wanted: str, error: str
    ):
        file.write_text('color = "auto"\n')
        (tix.home / "wanted").write_text(wanted)

        shown = tix("config edit", env=editor, tty=True, code=78)

        (draft,) = tix.home.rglob("drafts/*/config.toml")
        assert shown.startswith(f"your text is kept in {draft}\ntix: error: {draft}{error}\n")
        assert file.read_text() == 'color = "auto"\n'

    def test_it_puts_right_what_cannot_be_used(
        self, tix: Desk, home: Path, file: Path, editor: dict[str, str]
    ):
        file.write_text("color = \n")
        (home / "wanted").write_text('color = "auto"\n')

        tix("config edit", env=editor, tty=True)

        assert (home / "before").read_text() == "color = \n"
        assert file.read_text() == 'color = "auto"\n'

    @pytest.mark.parametrize("option", ["", "--no-input"])
    def test_it_needs_somebody_to_edit(self, run: Desk, editor: dict[str, str], option: str):
        result = run.run(f"config edit {option}", env=editor)

        assert result.code == 2
        assert result.stderr.endswith("hint: Use tix config set NAME VALUE.\n")

    def test_no_input_opens_no_editor_on_a_terminal(self, tix: Desk, editor: dict[str, str]):
        shown = finish(tix.spawn("config edit --no-input", env=editor))

        assert shown.code == 2
