"""The time that a text is in the editor, as time spent on its ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.editors import editor, writing
from tests.cli.on_a_terminal import ended, python
from tests.commandline import in_this_process
from tests.ops.desks import Clock, history, make_desk, opened, ticket
from tix.cli.editor import stopwatch
from tix.cli.headers import as_one, timed
from tix.ops.tickets import talking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tix.desk import Desk as OpenDesk
    from tix.ops.change import Change

LET_EDIT = """
from pathlib import Path
from tix.cli.drafts import Draft
from tix.cli.editor import let_edit
Path("draft.md").write_text("")
draft = Draft(Path("draft.md"))
clock = iter([100.0, 854.5]).__next__
print(let_edit(draft, ["sh", "-c", "echo Hello >$0"], cut=False, clock=clock))
print(draft.text, draft.edited_s)
"""


def replied(desk: OpenDesk, number: int, edited_s: float) -> Change:
    """Reply as ``tix reply`` does with a text that was so long in the editor."""
    steps = [lambda inside: talking.reply(inside, number, "Here.")]
    return as_one(desk, "reply", [*steps, *timed(desk, [number], edited_s)])


@pytest.fixture
def desk() -> OpenDesk:
    return make_desk(Clock())


def test_the_editor_tells_for_how_long_it_was_open(tmp_path: Path):
    assert ended(python(LET_EDIT, tmp_path)) == ("True\nHello 754.5\n", 0)


def test_time_in_the_editor_is_one_operation_with_the_message(desk: OpenDesk):
    number = opened(desk)

    change = replied(desk, number, 754.5)

    *_, reply, work = history(desk, number)
    assert (reply.kind, work.kind) == ("replied", "worked")
    assert reply.op == work.op == change.op
    assert work.data == {
        "changes": {"worked": [0, 754]},
        "seconds": 754,
        "source": "editor",
        "note": "",
    }


@pytest.mark.parametrize(("edited_s", "worked"), [(9.9, 0), (10, 10), (7200, 1800)])
def test_a_glance_counts_nothing_and_an_open_editor_half_an_hour(
    desk: OpenDesk, edited_s: float, worked: int
):
    number = opened(desk)

    replied(desk, number, edited_s)

    assert ticket(desk, number).worked == worked


def test_whoever_does_not_want_it_switches_it_off(desk: OpenDesk):
    number = opened(desk)
    desk.config = desk.config._replace(editor_time="false")

    replied(desk, number, 754)

    assert ticket(desk, number).worked == 0


def test_time_stands_where_the_clock_does():
    stands, runs = stopwatch({"TIX_NOW": "2026-11-21T18:30:00Z"}), stopwatch({})

    assert (stands(), stands()) == (0, 0)
    assert 0 < runs() <= runs()


@pytest.mark.parametrize("line", ["reply 1", "reply 1 --inbound", "note 1 2", "edit 1"])
@pytest.mark.parametrize("env", [{}, {"TIX_NOW": ""}])
def test_a_text_that_is_written_at_once_takes_no_time(
    home: Path, line: str, env: Mapping[str, str]
):
    desk = SeatedDesk(home, in_this_process)
    desk("new Refund -c jo@example.com -m 'Where is it?'")
    desk("new Login")

    written = editor(desk, writing("Hello"))
    desk(f"{line} -q", tty=True, env={**written, **env})

    assert desk("list --all --fields worked_s") == "0\n0\n"
    assert "Hello" in desk("show 1")
