"""Hooks: the user's own programs, told of what a command has committed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_safety import MUTATIONS, busy, busy_home  # noqa: F401 - a desk for each command
from tests.cli.test_schema import SESSION
from tests.cli.test_schema import desk as set_up  # noqa: F401 - with the files of the session
from tests.commandline import ROOT

if TYPE_CHECKING:
    from tests.commandline import Desk

KEEP = '#!/bin/sh\ncat >> "$HOME/${0##*/}.got"\n'


def hook(desk: Desk, name: str, text: str = KEEP) -> Path:
    """Add a hook, and allow hooks."""
    (desk.home / "config.toml").write_text("hooks = true\n")
    folder = desk.home / "hooks"
    folder.mkdir(exist_ok=True, mode=0o700)
    file = folder / name
    file.write_text(text)
    file.chmod(0o700)
    return file


def got(desk: Desk, name: str = "on-change") -> list[dict[str, Any]]:
    """Return the events that a hook was told of, and forget them."""
    file = desk.home / f"{name}.got"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [json.loads(line) for line in lines]


def test_a_hook_is_told_what_the_log_tells(run: Desk):
    hook(run, "on-opened")
    hook(run, "on-change")

    assert run("new Refund -c jo@example.com -m 'Where is it?'") == "1\n"

    told = (run.home / "on-opened.got").read_text()
    assert told == run("log -o jsonl")
    assert got(run) == got(run, "on-opened")
    run("note 1 -m Hello")
    assert got(run, "on-opened") == []
    assert [event["kind"] for event in got(run)] == ["noted"]


def test_hooks_are_off_until_they_are_allowed(run: Desk):
    hook(run, "on-change")
    (run.home / "config.toml").write_text("")

    run("new First")
    run("config set hooks true")
    run("new Second", env={"TIX_NO_HOOKS": "1"})
    run("new Third")
    run("new Fourth", env={"TIX_HOOKS": "false"})

    assert [event["ticket_id"] for event in got(run)] == [3]


def test_many_tickets_are_one_process_and_a_line_each(run: Desk):
    for number in range(5):
        run(f"new {number}")
    hook(run, "on-tagged", KEEP + 'echo once >> "$HOME/runs"\n')

    run("tag 1-5 bulk")

    assert [event["ticket_id"] for event in got(run, "on-tagged")] == [1, 2, 3, 4, 5]
    assert (run.home / "runs").read_text() == "once\n"


def test_nothing_is_told_of_reading_trying_and_completing(run: Desk):
    run("new Refund")
    hook(run, "on-change")

    for line in ("list", "show 1", "log", "undo -n", "tag 1 web -n", "__complete ticket", "doctor"):
        run(line)

    assert got(run) == []


def test_undo_and_redo_are_told_and_an_import_is_not(run: Desk):
    hook(run, "on-change")
    (run.home / "old.csv").write_text("id,subject\n1,Old\n")
    (run.home / "old.toml").write_text('name = "old"\nid = "id"\n[ticket]\nsubject = "subject"\n')

    run("import old.csv --map old.toml")
    assert got(run) == []
    run("undo")
    run("redo")
    assert [event["kind"] for event in got(run)] == ["trashed", "undone"]


def test_what_time_alone_has_done_is_told(run: Desk):
    run("new Refund")
    run("snooze 1 1h")
    hook(run, "on-woken")

    run("new Other", env={"TIX_NOW": "2026-11-21T20:00:00Z"})

    assert [event["ticket_id"] for event in got(run, "on-woken")] == [1]


def test_a_hook_works_on_the_same_desk_as_the_same_and_starts_no_other(tix: Desk):
    hook(tix, "on-opened", '#!/bin/sh\npython -m tix note 1 -m "$TIX_HOOK" -q\n')
    hook(tix, "on-change")
    tix("init --db other")

    tix("new Refund --db other --actor bob")

    noted = json.loads(tix("log -L 1 -o jsonl --db other"))
    assert (noted["by"], noted["data"]["body"]) == ("agent:bob", "1")
    assert [event["kind"] for event in got(tix)] == ["opened"]
    assert tix("log") == ""


def test_a_failure_is_a_warning_after_the_result(run: Desk):
    hook(run, "on-opened", "#!/bin/sh\necho no >&2\nexit 3\n")

    result = run.run("new Refund")

    assert (result.stdout, result.code) == ("1\n", 0)
    assert result.stderr.endswith("no\ntix: warning: hook on-opened failed with exit code 3\n")
    assert run.run("new Refund -q").stderr == "no\n"


def test_what_is_committed_is_told_though_it_could_not_be_printed(tix: Desk):
    hook(tix, "on-change")

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tix", "new", "Refund"],
            env=tix.env,
            cwd=tix.home,
            stdout=full,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    assert done.returncode == 74
    assert [event["ticket_id"] for event in got(tix)] == [1]


def test_without_hooks_nothing_of_them_is_loaded(tix: Desk):
    program = (
        "import sys; from tix.__main__ import main; main(['new', 'x']); "
        "sys.exit(any(name.startswith('tix.notify') or name in ('tix.cli.hooks', 'subprocess') "
        "for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={k: v for k, v in tix.env.items() if "COVERAGE" not in k},
        cwd=tix.home,
        stdout=subprocess.DEVNULL,
        check=False,
    )

    assert done.returncode == 0


def test_every_kind_of_event_that_commands_make_is_in_the_docs(
    set_up: Desk,  # noqa: F811 - the fixture
):
    for line in SESSION.partition("\ndoctor\n")[0].splitlines():
        set_up.run(f"{line} -q")

    page = (ROOT / "docs" / "hooks.md").read_text("utf-8")
    told = set(re.findall("`([a-z_]+)`", page.partition("| done by | kinds |")[2]))
    assert set(set_up("log --fields kind").split()) - told == set()


@pytest.mark.parametrize(
    "name", [name for name in MUTATIONS if " " not in name and name != "import"]
)
def test_every_command_that_changes_a_ticket_tells_of_it(
    busy: Desk,  # noqa: F811 - the fixture
    name: str,
):
    hook(busy, "on-change")

    op = json.loads(busy(f"{MUTATIONS[name]} --json"))["op"]

    assert {event["op"] for event in got(busy)} == {op}
