"""Many processes at one desk lose nothing and see no halves."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.store.plain_desk import change, look, root, script
from tix.store.folder import Folder
from tix.store.layout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = 16
EACH = 10
READERS = 2
LAST = 1 + WRITERS * EACH


@pytest.mark.slow
def test_sixteen_writers_lose_nothing_and_readers_see_no_halves(tmp_path: Path):
    desk = tmp_path / "desk"
    Folder.create(desk).close()
    change(desk, {"a.json": b"1", "far/below/b.json": b"1", "odd/1.json": b"1"}, 0)

    words = [["watch", LAST]] * READERS + [["write", EACH]] * WRITERS
    crowd = []
    for some in words:
        command, variables = script("crowd", desk, *some)
        crowd.append(subprocess.Popen(command, env=variables, stdout=subprocess.PIPE))
    said = [(one.communicate()[0], one.returncode) for one in crowd]

    assert said == [(b"", 0)] * (READERS + WRITERS)
    number = b"%d" % LAST
    assert look(desk) == {
        ROOT: root(LAST),
        "a.json": number,
        "far/below/b.json": number,
        f"odd/{LAST}.json": number,
    }
