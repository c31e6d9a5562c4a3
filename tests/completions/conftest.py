from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.commandline import Desk, in_this_process
from tests.completions.shells import SCRIPTS, Shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SESSION = (
    "agent add alice",
    "dept add billing",
    "customer add Big Corp --email big@example.com",
    "query save hot prio:high..",
    "new Refund not received -c jo@example.com -t billing,os:mac -p high -a alice",
    "new Cannot log in -c big@example.com -t vip",
)
# Each does harm, or breaks a line, if any shell ever reads it as more than a word.
HOSTILE = (
    "ha-$(touch pwned)",
    "hb-`touch pwned`",
    "hc-;touch pwned;",
    "hd-it's",
    "he-|touch pwned",
    "hf-&& touch pwned",
    "hg->pwned",
    "hh-*",
    "hi-~",
    "hj-!!",
    "hk-{x}",
    "hl-%F{red}%x",
    "hm-a:b:c",
    "hn-a=b@c",
    "ho-<(touch pwned)",
    "hp-#x",
    "hq-日本 ü",
    "hr-$HOME",
)
SHOWN = "\x1b[2J\ttab\nline `touch pwned` $(touch pwned) it's %F{red} a:b|c \u202e"


@pytest.fixture(scope="session")
def filled_home(fresh_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose desk has a little of everything, and some files."""
    home = shutil.copytree(fresh_home, tmp_path_factory.mktemp("filled") / "home")
    for line in SESSION:
        Desk(home, in_this_process)(f"{line} -q")
    (home / "notes.txt").write_text("")
    (home / "folder").mkdir()
    (home / "forms.txt").write_text("")
    shutil.copytree(home / "desk", home / "other")
    return home


@pytest.fixture(scope="session")
def hostile_home(fresh_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a desk full of traps, as somebody might write it."""
    home = shutil.copytree(fresh_home, tmp_path_factory.mktemp("hostile") / "home")
    never = ["hz-\x1b[31m", "hz-\ttab", "hz-new\nline", "-hz"]
    heads = {
        "1": {"id": 1, "subject": SHOWN, "tags": [*HOSTILE, *never]},
        "2": {"id": 2, "subject": SHOWN, "tags": []},
    }
    contacts = {"1": {"number": 1, "name": "hx $(touch pwned) 'x'", "address": "hy`x`@x.com"}}
    root = {"tickets": heads, "contacts": contacts}
    (home / "desk" / "tickets.json").write_text(json.dumps(root))
    return home


def _started(name: str, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name}")
    shell = Shell(name, shutil.copytree(home, tmp_path_factory.mktemp(name) / "home"))
    yield shell
    shell.close()


@pytest.fixture(scope="module", params=SCRIPTS)
def shell(
    request: pytest.FixtureRequest, filled_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    """Each shell, on a desk with a little of everything."""
    yield from _started(request.param, filled_home, tmp_path_factory)


@pytest.fixture(scope="module", params=SCRIPTS)
def trapped(
    request: pytest.FixtureRequest, hostile_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    """Each shell, on a desk full of traps."""
    yield from _started(request.param, hostile_home, tmp_path_factory)
