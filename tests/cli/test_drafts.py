"""Drafts that a crash or a failure leaves, and the command that offers them again."""

from __future__ import annotations

import fcntl
import json
import re
import stat
from typing import TYPE_CHECKING

import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.editors import drafts, editor, writing
from tests.commandline import finish, in_this_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk, Result


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The same desk, whose terminal is in this process too."""
    return SeatedDesk(desk.home, in_this_process)


OFFERED = r"there is a draft of [-0-9]{10} [:0-9]{5} \((.*?)\): use it, discard it, or leave it\? "
LETTERS = "[u/d/l] "
KILL = "kill -9 $PPID"  # the tix that waits for the editor


def messages(desk: Desk) -> list[str]:
    return [message["body"] for message in json.loads(desk("show 1 --json"))["messages"]]


def killed(desk: Desk, script: str) -> Result:
    """Run a reply in a process of its own, which its editor ends."""
    return finish(desk.spawn("reply 1", env=editor(desk, script)))


@pytest.fixture
def left(desk: Desk) -> Path:
    """A draft of a reply to ticket 1, left by a tix that was killed while the editor ran."""
    assert killed(desk, f"{writing('Hello.')}\n{KILL}").code == 137
    (draft,) = drafts(desk)
    return draft


def answered(desk: Desk, answer: str, script: str = "true", line: str = "reply 1") -> str:
    """Return what *line* shows after the question, answered with *answer*."""
    result = desk.run(line, tty=True, input=answer, env=editor(desk, script))
    question, letters, shown = result.stdout.partition(LETTERS)
    assert re.fullmatch(OFFERED, question)
    assert letters
    return shown


def test_a_draft_survives_a_kill_for_its_owner_alone(desk: Desk, left: Path):
    assert "Hello." in left.read_text()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (left, left.parent, left.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]
    assert messages(desk) == ["Where is it?"]


def test_it_is_offered_by_how_it_begins_and_used(desk: Desk, left: Path):
    child = desk.spawn("reply 1", env=editor(desk, 'sed -i "s/Hello/& again/" "$1"'))
    child.expect(OFFERED)
    assert child.match is not None
    assert child.match[1] == "Hello."  # type: ignore[index]
    finish(child, b"u\n")

    assert messages(desk) == ["Where is it?", "Hello again."]
    assert drafts(desk) == []


def test_a_used_draft_that_is_saved_as_it_is_is_sent(desk: Desk, left: Path):
    answered(desk, "use\n", 'touch -d "+1 second" "$1"')

    assert messages(desk) == ["Where is it?", "Hello."]


def test_a_used_draft_that_is_not_saved_is_kept(desk: Desk, left: Path):
    shown = answered(desk, "u\n")

    assert shown.splitlines() == [
        f"your text is kept in {left} (tix reply 1 offers it again)",
        "tix: error: nothing changed",
    ]
    assert drafts(desk) == [left]


def test_a_discarded_draft_is_gone_and_a_new_one_begins(desk: Desk, left: Path):
    answered(desk, "d\n", writing("Another."))

    assert messages(desk) == ["Where is it?", "Another."]
    assert drafts(desk) == []


def test_a_draft_that_is_left_is_offered_once_more(desk: Desk, left: Path):
    answered(desk, "l\n", writing("Another."))

    assert drafts(desk) == [left]
    answered(desk, "u\n", 'sed -i "s/Hello/& again/" "$1"')
    assert messages(desk) == ["Where is it?", "Another.", "Hello again."]


def test_another_answer_is_asked_for_again(desk: Desk, left: Path):
    shown = answered(desk, "what\n\nd\n", writing("Another."))

    assert shown.count("Please answer use, discard or leave.\n") == 2
    assert drafts(desk) == []


def test_no_answer_leaves_everything(desk: Desk, left: Path):
    child = desk.spawn("reply 1", env=editor(desk, "true"))
    child.expect_exact(LETTERS)
    child.sendeof()

    assert finish(child).stdout.endswith("tix: error: no answer, nothing was changed\n")
    assert drafts(desk) == [left]


def test_with_no_input_a_note_says_where_it_is(desk: Desk, left: Path):
    result = desk.run("reply 1 --no-input")

    assert (result.stdout, result.code) == ("", 2)
    assert result.stderr == (
        f"a draft of this is in {left}\n"
        "tix: error: no text given\nhint: use -m TEXT, or -F FILE (- is stdin)\n"
    )
    assert drafts(desk) == [left]


def test_a_text_that_is_given_asks_about_no_draft(desk: Desk, left: Path):
    assert desk("reply 1 -m 'By hand.'", tty=True).startswith("replied to 1: ")
    assert desk("reply 1 -e -m 'By hand.' -q", tty=True, env=editor(desk, writing("Again."))) != ""
    assert drafts(desk) == [left]


@pytest.mark.parametrize("line", ["reply 2", "note 1", "edit 1", "reply 1 --inbound"])
def test_it_is_offered_for_nothing_else(desk: Desk, left: Path, line: str):
    shown = desk(line, tty=True, env=editor(desk, writing("New.")))

    assert "there is a draft" not in shown
    assert drafts(desk) == [left]


def test_it_is_offered_on_no_other_desk(desk: Desk, left: Path):
    desk("init --db other")
    desk("new Other --db other")
    shown = desk("reply 1 --db other", tty=True, env=editor(desk, writing("New.")))

    assert "there is a draft" not in shown


def test_a_draft_in_which_nothing_was_written_is_removed(desk: Desk):
    killed(desk, KILL)
    assert len(drafts(desk)) == 1
    shown = desk("reply 1", tty=True, env=editor(desk, "true"), code=5)

    assert shown == "tix: error: nothing changed\n"
    assert drafts(desk) == []


def test_a_draft_that_somebody_writes_on_is_not_offered(desk: Desk):
    inner = "TIX_EDITOR=true python -m tix reply 1 >inner 2>&1"
    desk("reply 1 -q", tty=True, env=editor(desk, f"{writing('Hello.')}\n{inner}; true"))

    assert messages(desk) == ["Where is it?", "Hello."]
    assert "there is a draft" not in (desk.home / "inner").read_text()


def test_several_drafts_are_offered_the_last_one_first(desk: Desk, left: Path):
    child = desk.spawn("reply 1", env=editor(desk, f"{writing('Second.')}\n{KILL}"))
    child.expect_exact(LETTERS)
    finish(child, b"l\n")
    assert len(drafts(desk)) == 2
    left.touch()
    child = desk.spawn("reply 1", env=editor(desk, "true"))
    child.expect(OFFERED)
    assert child.match[1] == "Hello."  # type: ignore[index]
    child.sendline("d")
    child.expect(OFFERED)
    assert child.match[1] == "Second."  # type: ignore[index]
    finish(child, b"d\n")

    assert drafts(desk) == []


def test_a_busy_desk_keeps_the_text_and_offers_it_again(desk: Desk):
    with (desk.home / "desk" / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        env = editor(desk, writing("Hello.", priority="urgent"))
        shown = desk("reply 1 --lock-timeout 0.01", tty=True, env=env, code=75)
    (draft,) = drafts(desk)

    assert shown.startswith(f"your text is kept in {draft} (tix reply 1 offers it again)\n")
    answered(desk, "u\n", 'touch -d "+1 second" "$1"')
    after = json.loads(desk("show 1 --json"))
    assert (after["priority"], after["messages"][1]["body"]) == ("urgent", "Hello.")


def test_a_header_that_was_not_touched_changes_nothing_that_others_did(desk: Desk, left: Path):
    desk("prio 1 low")
    desk("tag 1 late")
    answered(desk, "u\n", 'touch -d "+1 second" "$1"')

    after = json.loads(desk("show 1 --json"))
    assert (after["priority"], after["tags"]) == ("low", ["vip", "web", "late"])


def test_a_bad_header_can_be_put_right(desk: Desk):
    env = editor(desk, writing("Hello.", priority="urgnt"))
    desk("reply 1", tty=True, env=env, code=2)
    answered(desk, "u\n", 'sed -i s/urgnt/urgent/ "$1"')

    assert json.loads(desk("show 1 --json"))["priority"] == "urgent"
    assert messages(desk) == ["Where is it?", "Hello."]


def test_an_end_by_signal_leaves_the_file_to_the_editor(desk: Desk):
    script = f"{writing('Hello.')}\nkill -TERM $PPID"
    result = killed(desk, script)

    (draft,) = drafts(desk)
    assert result.code == 143
    assert result.stdout == f"your text is kept in {draft} (tix reply 1 offers it again)\n"


def test_drafts_where_others_may_write_are_not_looked_at(desk: Desk, left: Path):
    left.parent.parent.chmod(0o777)
    shown = desk("reply 1", tty=True, env=editor(desk, "true"), code=77)

    assert shown.startswith(f"tix: error: others may write to {left.parent.parent}\n")


def test_what_a_draft_holds_steers_no_terminal(desk: Desk, left: Path):
    left.write_bytes(b"\x1b[2J\xff\x07Hi " + b"x" * 100)
    child = desk.spawn("reply 1", env=editor(desk, "true"))
    child.expect(OFFERED)

    assert child.match[1] == f"\ufffdHi {'x' * 35}…"  # type: ignore[index]
    finish(child, b"d\n")
