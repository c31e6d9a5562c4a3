"""Folders that can only be read, names that somebody has planted, and who may look in."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cli.faults import NEEDS_ROOT, Place, files, is_refusal, under
from tests.commandline import Desk, in_this_process
from tests.store.plain_desk import memory_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.faults import Execute

pytestmark = pytest.mark.faults

READERS = ["list", "list --all -o json", "show 1 2", "search refund", "customer list"]
WRITERS = ["new x", "note 1 -m x", "reopen 2", "agent add bob", "new y --attach note.txt"]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """A desk with an open and a settled ticket."""
    with memory_folder() as folder:
        run = Desk(folder / "template", in_this_process)
        run.home.mkdir()
        (run.home / "note.txt").write_text("note")
        for line in (
            "init",
            "agent add alice",
            "query save new status:new",
            "new Refund -c jo@example.com --key once --attach note.txt",
            "new Old",
            "resolve 2",
            "close 2",
        ):
            run(line)
        yield Place(run.home, folder / "home")


@pytest.fixture
def run(place: Place) -> Desk:
    place.lay()
    return place.run


def without_privileges() -> Execute:
    """Return a way to run commands for which the modes of files count."""
    if os.geteuid():
        return under()
    if not shutil.which("setpriv"):
        pytest.skip("root may write anywhere, and there is no setpriv to give that up")
    return under("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner")


@contextmanager
def only_to_be_read(folder: Path) -> Iterator[None]:
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o500)
    try:
        yield
    finally:
        for path in paths:
            path.chmod(stat.S_IMODE(path.stat().st_mode) | 0o200)


@pytest.mark.parametrize("what", ["desk", "home"])
def test_a_desk_that_may_only_be_read_is_read(what: str, run: Desk):
    before = [run(line) for line in READERS]
    files_before = files(run.home / "desk")
    reader = Desk(run.home, without_privileges())
    folder = run.home if what == "home" else run.home / "desk"
    with only_to_be_read(folder):
        assert [reader(line) for line in READERS] == before
        for line in WRITERS:
            refused = reader.run(line)
            assert (refused.code, refused.stdout) == (77, ""), refused
            assert is_refusal(refused.stderr)
    assert files(run.home / "desk") == files_before


@NEEDS_ROOT
def test_a_desk_on_a_disk_that_may_only_be_read_is_read(run: Desk):
    before = [run(line) for line in READERS]
    files_before = files(run.home / "desk")
    mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    reader = Desk(run.home, under("unshare", "-m", "sh", "-c", mount, str(run.home / "desk")))
    if reader.run("--version").code:
        pytest.skip("nothing can be mounted here")

    assert [reader(line) for line in READERS] == before
    for line in WRITERS:
        refused = reader.run(line)
        assert (refused.code, refused.stdout) == (77, "")
        assert "Read-only file system" in refused.stderr
        assert is_refusal(refused.stderr)
    assert files(run.home / "desk") == files_before


PLANTED = {
    "tickets.json": READERS[:4] + WRITERS,
    "lock": WRITERS,
    "commit.json": READERS[:4] + WRITERS,
    "people.json": ["agent list", "agent add bob"],
    "setup.json": ["list", "query list", "query save mine prio:high"],
    "customers": ["customer list", "new x -c jo@example.com"],
    "customers/0.json": ["customer list", "new x -c jo@example.com"],
    "history": ["show 1", "note 1 -m x", "new x"],
    "history/1.json": ["show 1", "note 1 -m x"],
    "history/3.json": ["new x"],
    "settled": ["list --all", "show 2", "reopen 2", "spam 1"],
    "settled/00": ["list --all", "show 2", "reopen 2", "spam 1"],
    "settled/00/0.json": ["list --all", "show 2", "reopen 2", "spam 1"],
    "settled/00/0.history.json": ["show 2", "reopen 2", "spam 1"],
    "ops": ["undo --list", *WRITERS],
    "ops/0.json": ["undo --list", *WRITERS],
    "keys": ["new x -c jo@example.com", "new x --key once"],
    "files": ["new y --attach note.txt"],
    "backups": ["new x", "note 1 -m x"],
    "backups/recent": ["new x", "note 1 -m x"],
}
"""Names, and commands that cannot do without what should be there."""
WAYS = ["link to the same", "link to nothing", "fifo", "folder"]


def plant(path: Path, way: str, elsewhere: Path) -> None:
    """Put something at *path* that no tix made; what was there is *elsewhere*."""
    if path.exists():
        path.rename(elsewhere)
    path.parent.mkdir(exist_ok=True)
    if way == "fifo":
        os.mkfifo(path)
    elif way == "folder":
        path.mkdir()
    elif way == "link to nothing":
        path.symlink_to(elsewhere.with_name("nothing"))
    else:
        path.symlink_to(elsewhere)


@pytest.mark.parametrize("way", WAYS)
def test_what_somebody_planted_is_refused_and_not_followed(way: str, place: Place):
    wrong: dict[tuple[str, str], object] = {}
    for name, lines in PLANTED.items():
        if way == "folder" and "." not in name and name != "lock":
            continue
        place.lay()
        outside = place.run.home.with_name(way) / name.replace("/", "-")
        outside.mkdir(parents=True)
        plant(place.desk / name, way, outside / "moved")
        before = content(outside)
        for line in lines:
            done = place.run.run(line)
            if done.code != 77 or done.stdout or not is_refusal(done.stderr):
                wrong[name, line] = done
        if content(outside) != before:
            wrong[name, "outside"] = before

    assert wrong == {}


def content(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_what_looks_like_a_leftover_is_removed_and_not_followed(place: Place, tmp_path: Path):
    place.lay()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("mine")
    for name in (".tmp-0123456789abcdef-tickets.json", "history/.tmp-0123456789abcdef-1.json"):
        (place.desk / name).symlink_to(outside / "file")
    (place.desk / "settled" / ".tmp-0123456789abcdef-00").symlink_to(outside)

    place.run("new x")

    assert content(outside) == {str(outside / "file"): b"mine"}
    assert list(place.desk.rglob(".tmp-*")) == []


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o722])
def test_a_desk_that_others_can_write_to_is_refused(mode: int, place: Place):
    place.lay()
    place.desk.chmod(mode)
    before = files(place.desk)

    for line in (*READERS, *WRITERS):
        refused = place.run.run(line)
        assert (refused.code, refused.stdout) == (77, "")
        assert "chmod go-w" in refused.stderr
    assert files(place.desk) == before

    place.desk.chmod(mode & ~0o022)
    place.run("list")


@pytest.fixture(params=[0o000, 0o077], ids=["umask 000", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_everything_that_tix_makes_is_its_owners_alone(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir(0o700)
    (home / "note.txt").write_text("note")
    (home / "rows.jsonl").write_text('{"id": "A1", "subject": "One", "customer": "jo@x.com"}\n')
    given = set(home.iterdir())
    run = Desk(home, in_this_process)
    run.env["TIX_CONFIG"] = str(home / "config" / "tix" / "config.toml")
    run.env["TIX_DB"] = str(home / "far" / "below" / "desk")
    for line in (
        "init",
        "new Refund -c jo@example.com --attach note.txt --key once",
        "agent add alice",
        "query save mine assignee:alice",
        "resolve 1",
        "close 1",
        "import rows.jsonl",
        "export --to out.jsonl",
        "config set me alice",
        "search refund",
        "backup saved.tix",
    ):
        run(line)
    run("note 1 -m Later", env={"TIX_NOW": "2026-11-23T10:00:00Z"})
    editor = home / "editor"
    editor.write_text("#!/bin/sh\necho Hello > $1\n")
    editor.chmod(0o700)
    run("reply 1", env={"TIX_EDITOR": str(editor)}, tty=True, code=5)

    made = [path for path in home.rglob("*") if path not in {*given, editor}]
    assert {path.name for path in made} >= {"lock", "tickets.json", "index.sqlite", "config.toml"}
    assert [path for path in made if path.suffix == ".md"] != []
    modes = {str(path.relative_to(home)): oct(stat.S_IMODE(path.stat().st_mode)) for path in made}
    right = {name: "0o700" if (home / name).is_dir() else "0o600" for name in modes}
    assert {name: mode for name, mode in modes.items() if mode != right[name]} == {}
