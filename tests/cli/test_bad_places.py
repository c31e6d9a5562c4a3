"""Places that are not there, not ours, or not what they should be: told, and left as they are."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.shell import as_anybody, bow_to_modes
from tests.cli.telling import content, error, told
from tests.commandline import Result
from tix.store.page import dump
from tix.store.page import load as tables

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def homeless(desk: Desk) -> Desk:
    """The desk for a user without a home."""
    for name in ("HOME", "TIX_CONFIG"):
        del desk.env[name]
    return desk


def test_no_home(homeless: Desk):
    assert homeless("list -o ids") == "1\n2\n3\n"
    assert homeless("note 1 -m x") == "1\n"
    assert error(homeless, "show @last", 3) == told(
        "there is no last ticket yet: you have changed none on this desk"
    )
    del homeless.env["TIX_DB"]
    for line in ("list", "new x", "inbox", "init", ""):
        assert error(homeless, line, 73) == told(
            "no place for a desk: neither HOME nor XDG_DATA_HOME is set",
            "Name one with --db DIR or TIX_DB.",
        )


@pytest.fixture(scope="session")
def modes_bind(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where nothing can make root respect the modes of files."""
    file = tmp_path_factory.mktemp("modes") / "mine"
    file.touch(0o000)
    cat = subprocess.run(["cat", file], preexec_fn=bow_to_modes, capture_output=True, check=False)
    if cat.returncode == 0:
        pytest.skip("these tests run as root, whom no mode of a file can be made to bind")


@pytest.mark.usefixtures("modes_bind")
def test_an_unwritable_folder(desk: Desk):
    folder = desk.home / "desk"
    before = content(desk.home)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)

    assert as_anybody("list", "-o", "ids", desk=desk) == Result("1\n2\n3\n", "", 0)
    assert as_anybody("show", "1", "-o", "ids", desk=desk) == Result("1\n", "", 0)
    assert as_anybody("", desk=desk).code == 2
    for words in (["new", "x"], ["note", "1", "-m", "x"], ["resolve", "1"]):
        assert as_anybody(*words, desk=desk) == Result(
            "", f"tix: error: cannot lock {folder}: Permission denied\n", 77
        )
    assert content(desk.home) == before


@pytest.mark.usefixtures("modes_bind")
@pytest.mark.parametrize("option", ["-F", "--attach"])
def test_a_file_that_may_not_be_read(desk: Desk, option: str):
    (desk.home / "secret").touch(0o000)

    assert as_anybody("new", "x", option, "secret", desk=desk) == Result(
        "", "tix: error: secret cannot be read: Permission denied\n", 2
    )


@pytest.mark.usefixtures("modes_bind")
@pytest.mark.parametrize("place", ["desk", "desk/tickets.json", "config.toml"])
def test_what_may_not_be_read(desk: Desk, place: str):
    (desk.home / "config.toml").touch()
    (desk.home / place).chmod(0o000)
    said = {
        "desk": f"cannot open {desk.home}/desk: Permission denied\n",
        "desk/tickets.json": f"cannot read {desk.home}/desk/tickets.json: Permission denied\n",
        "config.toml": f"{desk.home}/config.toml cannot be read\n",
    }

    for words in (["list"], ["new", "x"]):
        result = as_anybody(*words, desk=desk)
        assert (result.stdout, result.code) == ("", 77)
        assert result.stderr.startswith(f"tix: error: {said[place]}")


def test_a_desk_that_others_can_write_to(desk: Desk):
    (desk.home / "desk").chmod(0o722)

    for line in ("list", "new x"):
        assert error(desk, line, 77) == told(
            f"others can write to {desk.home}/desk",
            f"make it yours alone: chmod go-w '{desk.home}/desk'",
        )


def test_a_desk_from_a_newer_version(desk: Desk):
    root = desk.home / "desk" / "tickets.json"
    newer = tables("tickets.json", root.read_bytes())
    newer["desk"]["1"]["schema"] = 99
    root.write_bytes(dump(newer))

    for line in ("list", "show 1", "inbox", "new x", "note 1 -m x", "search x", "log", "export"):
        assert error(desk, line, 65).splitlines()[1] == "hint: use that tix, or a newer one"


def test_a_file_where_a_folder_should_be(desk: Desk):
    (desk.home / "file").write_text("mine")

    for line in ("list", "inbox", "new x"):
        assert error(desk, f"{line} --db file", 73) == told(
            f"{desk.home}/file is not a folder", "'tix init' makes one"
        )
        assert error(desk, f"{line} --db file/below", 73) == told(
            f"{desk.home}/file/below is not a folder", "'tix init' makes one"
        )
    assert error(desk, "init file", 73) == told("there is something at file already")
    assert error(desk, "init file/below", 73) != ""


def test_a_file_where_a_folder_of_the_desk_should_be(desk: Desk):
    shutil.rmtree(desk.home / "desk" / "history")
    (desk.home / "desk" / "history").write_text("mine")

    assert desk("list -o ids") == "1\n2\n3\n"
    for line in ("show 1", "note 1 -m x", "new x"):
        assert error(desk, line, 77) == told(
            f"{desk.home}/desk/history is not a folder that tix made",
            "look what it is, and move it away",
        )


def test_a_file_where_the_default_place_should_be(run: Desk):
    run.env["TIX_DB"] = ""
    (run.home / ".local").write_text("mine")

    assert run("inbox") == ""
    assert error(run, "new x", 73) != ""
    assert (run.home / ".local").read_text() == "mine"


def test_a_folder_where_a_file_should_be(desk: Desk):
    root = desk.home / "desk" / "tickets.json"
    root.unlink()
    root.mkdir()

    for line in ("list", "new x"):
        assert error(desk, line, 77) == told(
            f"{root} is a link, a folder or a device where a file should be",
            "look what it is, and move it away",
        )
