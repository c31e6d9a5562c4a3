"""Hooks: which run, on what, and what becomes of those that fail."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tix.notify.hooks import Told, run_hooks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENTS = (Told("opened", "1\n"), Told("tagged", "2\n"), Told("opened", "3 ä\n"))
KEEP = '#!/bin/sh\ncat >> "$OUT/${0##*/}"\necho "${0##*/}" >> "$OUT/order"\n'


class Hooks:
    """A folder of hooks, and what they leave behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "hooks"
        self.folder.mkdir(mode=0o700)
        self.out = folder
        self.warnings: list[str] = []

    def add(self, name: str, text: str = KEEP, mode: int = 0o700) -> Path:
        file = self.folder / name
        file.write_text(text)
        file.chmod(mode)
        return file

    def run(self, *, limit_s: float = 5) -> list[str]:
        """Run them on ``EVENTS`` and return the warnings."""
        environ = {"PATH": os.environ["PATH"], "OUT": str(self.out)}
        run_hooks(self.folder, EVENTS, environ, self.warnings.append, limit_s=limit_s)
        return self.warnings

    def left(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")


@pytest.fixture
def hooks(tmp_path: Path) -> Hooks:
    return Hooks(tmp_path)


def test_one_process_a_kind_gets_its_events_and_the_last_one_all(hooks: Hooks):
    for name in ("on-opened", "on-tagged", "on-change", "on-noted", "other"):
        hooks.add(name)

    assert hooks.run() == []

    assert hooks.left("order").split() == ["on-opened", "on-tagged", "on-change"]
    assert hooks.left("on-opened") == "1\n3 ä\n"
    assert hooks.left("on-tagged") == "2\n"
    assert hooks.left("on-change") == "1\n2\n3 ä\n"


def test_without_events_or_a_folder_nothing_runs(hooks: Hooks, tmp_path: Path):
    hooks.add("on-change")

    run_hooks(hooks.folder, [], {}, hooks.warnings.append)
    run_hooks(tmp_path / "nowhere", EVENTS, {}, hooks.warnings.append)
    run_hooks(hooks.folder / "on-change", EVENTS, {}, hooks.warnings.append)

    assert hooks.warnings == []


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("#!/bin/sh\nexit 3\n", "hook on-opened failed with exit code 3"),
        ("#!/bin/sh\nkill -9 $$\n", "hook on-opened was ended by signal 9"),
        ("no program\n", "hook on-opened cannot be run: Exec format error"),
        ("#!/nowhere\n", "hook on-opened cannot be run: No such file or directory"),
    ],
)
def test_a_failure_is_a_warning_and_the_others_run(hooks: Hooks, text: str, warning: str):
    hooks.add("on-opened", text)
    hooks.add("on-change")

    assert hooks.run() == [warning]
    assert hooks.left("order") == "on-change\n"


def test_a_hook_that_does_not_read_is_no_failure(hooks: Hooks):
    hooks.add("on-opened", "#!/bin/sh\nexit 0\n")
    many = [Told("opened", "x" * 100_000)] * 20

    run_hooks(hooks.folder, many, {}, hooks.warnings.append)

    assert hooks.warnings == []


def test_what_a_hook_prints_goes_to_standard_error(hooks: Hooks, capfd: pytest.CaptureFixture[str]):
    hooks.add("on-tagged", "#!/bin/sh\necho out\necho err >&2\n")

    hooks.run()

    assert capfd.readouterr() == ("", "out\nerr\n")


@contextmanager
def all_ended(fifo: Path) -> Iterator[None]:
    """Wait, at the end of the block, until nobody has *fifo* open who wrote to it before."""
    os.mkfifo(fifo)
    end = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    yield
    os.set_blocking(end, True)
    with os.fdopen(end, "rb") as file:
        assert file.read() == b"begun\n"


def test_a_hook_that_takes_too_long_is_ended_with_all_it_has_started(hooks: Hooks):
    begin = 'exec 3> "$OUT/fifo"\necho begun >&3\n'
    hooks.add("on-opened", f"#!/bin/sh\n{begin}sleep 60 &\nwait\n")

    with all_ended(hooks.out / "fifo"):
        assert hooks.run(limit_s=0.5) == ["hook on-opened took longer than 0.5 s and was ended"]


def test_an_interruption_ends_the_hook_as_well(hooks: Hooks):
    begin = 'cat > "$OUT/got"\nexec 3> "$OUT/fifo"\necho begun >&3\n'
    hooks.add("on-opened", f"#!/bin/sh\n{begin}kill -INT {os.getpid()}\nsleep 60\n")

    with all_ended(hooks.out / "fifo"), pytest.raises(KeyboardInterrupt):
        hooks.run()


WRITABLE = "others may write to it; chmod go-w makes it yours"


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (0o720, WRITABLE),
        (0o702, WRITABLE),
        (0o777, WRITABLE),
        (0o600, "it is not executable; chmod +x makes it so"),
    ],
)
def test_a_hook_that_others_may_write_or_nobody_may_run_is_not_run(
    hooks: Hooks, mode: int, reason: str
):
    file = hooks.add("on-tagged", mode=mode)

    assert hooks.run() == [f"no hook is run from {file}: {reason}"]
    assert not (hooks.out / "order").exists()


def test_nothing_runs_from_a_folder_that_others_may_write_to(hooks: Hooks):
    hooks.add("on-change")
    hooks.folder.chmod(0o770)

    assert hooks.run() == [f"no hook is run from {hooks.folder}: {WRITABLE}"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_hook_of_somebody_else_is_not_run(hooks: Hooks):
    file = hooks.add("on-tagged")
    os.chown(file, 12345, -1)

    assert hooks.run() == [f"no hook is run from {file}: it belongs to somebody else"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_that_cannot_be_entered_is_told(hooks: Hooks):
    hooks.add("on-tagged")
    hooks.folder.chmod(0o600)

    warnings = hooks.run()

    hooks.folder.chmod(0o700)
    assert warnings == [
        f"no hook is run from {hooks.folder}: it is not executable; chmod +x makes it so"
    ]


def test_a_circle_of_links_is_told(hooks: Hooks):
    (hooks.folder / "on-tagged").symlink_to("on-tagged")

    assert hooks.run() == [
        f"no hook is run from {hooks.folder}/on-tagged: Too many levels of symbolic links"
    ]


def test_a_hook_may_be_a_link_to_the_users_own_file(hooks: Hooks, tmp_path: Path):
    file = tmp_path / "mine"
    file.write_text('#!/bin/sh\ncat > "$OUT/got"\n')
    file.chmod(0o700)
    (hooks.folder / "on-tagged").symlink_to(file)

    assert hooks.run() == []
    assert hooks.left("got") == "2\n"
