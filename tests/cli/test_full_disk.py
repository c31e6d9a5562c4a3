"""No room: nothing is saved, everything is as before, and it works again when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cli.faults import NEEDS_ROOT, files, is_refusal, some, under, whole
from tests.commandline import Desk, in_this_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = pytest.mark.faults

WRITERS = [
    ["new", "Refund", "-c", "ann@example.com", "-m", "Where is it? " * 200],
    ["note", "1", "-m", "Angry. " * 3000],
    ["new", "Bill", "--attach", "bill.pdf"],
    ["close", "2"],
    ["import", "rows.jsonl"],
]


def fill(desk: Desk) -> None:
    """Put some tickets on a desk, and files beside it."""
    (desk.home / "bill.pdf").write_bytes(os.urandom(30_000))
    rows = (f'{{"id": "A{n}", "subject": "Row {n}"}}\n' for n in range(30))
    (desk.home / "rows.jsonl").write_text("".join(rows))
    desk(["new", "Broken", "-c", "jo@example.com", "-m", "It broke. " * 100])
    desk("new Slow")
    desk("resolve 2")


def told(desk: Desk) -> dict[str, str]:
    """Return all that commands tell of the desk."""

    def call(words: Sequence[str]) -> tuple[int, str, str]:
        done = desk.fast.run(words)
        return done.code, done.stdout, done.stderr

    return whole(call)


@contextmanager
def small_disk(folder: Path, size_kb: int) -> Iterator[Path]:
    folder.mkdir()
    how = f"size={size_kb}k,mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def room(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


def leave(disk: Path, size: int) -> None:
    """Fill a disk until there is only so much room."""
    with (disk / "filler").open("ab") as filler:
        filler.truncate(0)
        filler.flush()
        os.posix_fallocate(filler.fileno(), 0, max(1, room(disk) - size))


@NEEDS_ROOT
@pytest.mark.parametrize("words", WRITERS, ids=lambda words: " ".join(words[:2]))
def test_a_full_disk_changes_nothing_until_there_is_room(
    words: list[str], home: Path, tmp_path: Path
):
    with small_disk(tmp_path / "disk", 2000) as disk:
        desk = Desk(home, under())
        desk.env["TIX_DB"] = str(shutil.copytree(home / "desk", disk / "desk"))
        fill(desk)
        before = told(desk)
        page = os.sysconf("SC_PAGESIZE")
        codes = []
        for pages in (0, *some(range(1, 40), 0.2, words)):
            leave(disk, pages * page)
            done = desk.run(words)
            codes.append(done.code)
            if done.code == 0:
                break
            assert (done.code, done.stdout) == (74, "")
            assert is_refusal(done.stderr)
            assert "No space left on device" in done.stderr
            assert "nothing was saved" in done.stderr or "cannot lock" in done.stderr
            assert told(desk) == before
            assert leftovers(disk) == []
        assert codes[0] == 74

        (disk / "filler").unlink()
        desk(words)
        assert told(desk) != before


def leftovers(disk: Path) -> list[str]:
    return [name for name in files(disk) if ".tmp-" in name or "commit.json" in name]


@pytest.mark.skipif(not shutil.which("prlimit"), reason="there is no prlimit to set a limit")
@pytest.mark.parametrize("words", WRITERS, ids=lambda words: " ".join(words[:2]))
def test_a_limit_on_the_size_of_files_changes_nothing(words: list[str], home: Path):
    desk = Desk(home, in_this_process)
    fill(desk)
    before = told(desk)
    largest = (home / "desk" / "tickets.json").stat().st_size
    for limit in (0, 1, 100, largest // 2):
        limited = Desk(home, under("prlimit", f"--fsize={limit}"))
        done = limited.run(words)
        assert (done.code, done.stdout) == (74, ""), done
        assert is_refusal(done.stderr)
        assert "File too large" in done.stderr
        assert told(desk) == before
        assert leftovers(home) == []

    desk(words)


@NEEDS_ROOT
@pytest.mark.parametrize("line", ["export --to DISK/out", "backup DISK/out", "config set me bob"])
def test_a_file_that_does_not_fit_is_not_there_or_as_it_was(line: str, home: Path, tmp_path: Path):
    with small_disk(tmp_path / "disk", 500) as disk:
        desk = Desk(home, in_this_process)
        desk.env["TIX_CONFIG"] = str(disk / "config.toml")
        fill(desk)
        desk("config set me alice")
        leave(disk, 0)
        before = files(disk)

        done = desk.run(line.replace("DISK", str(disk)))

        assert (done.code, done.stdout) == (74, "")
        assert is_refusal(done.stderr)
        assert files(disk) == before
