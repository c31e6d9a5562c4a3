"""``tix triage``."""

from __future__ import annotations

import json
import signal
import termios
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.editors import drafts, editor, writing
from tests.cli.telling import content, error, told
from tests.commandline import finish, in_this_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commandline import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The same desk, whose terminal is in this process too."""
    return SeatedDesk(desk.home, in_this_process)


KEYS = "q)uit: "


def ticket(desk: Desk, number: int) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(desk(f"show {number} --json"))
    return shown


def operations(desk: Desk) -> list[str]:
    """Return what was done beyond the three tickets that were opened, the first first."""
    done = json.loads(desk("log --ops --json"))["operations"]
    return [operation["command"] for operation in done if operation["number"] > 3][::-1]


class Session:
    """Somebody at the keys; ``press("a", "bob")`` is a key and the line that answers it."""

    def __init__(self, child: pexpect.spawn[str]) -> None:
        self.child = child
        self.shown = self.prompt()

    def prompt(self) -> str:
        self.child.expect_exact(KEYS)
        return (self.child.before or "").replace("\r\n", "\n")

    def press(self, key: str, line: str | None = None) -> str:
        """Return what is shown until a key is asked for again."""
        self.child.send(key)
        if line is not None:
            self.child.expect_exact("? ")
            self.child.sendline(line)
        return self.prompt()

    def end(self, key: str = "q", code: int = 0) -> str:
        """Return what is shown after the last key; the terminal is as it was before."""
        self.child.send(key)
        result = finish(self.child)
        assert result.code == code
        return result.stdout


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    """A session on the inbox: 1 Refund (high), 2 Cannot log in, 3 Invoice 77 (low)."""
    child = desk.spawn("triage", env=editor(desk, writing("Hello.", priority="urgent")))
    yield Session(child)
    child.close(force=True)


def is_canonical(session: Session) -> bool:
    """Return whether the terminal gives whole lines, as a shell leaves it."""
    return bool(termios.tcgetattr(session.child.child_fd)[3] & termios.ICANON)


def test_a_session_may_be_typed_ahead(desk: Desk):
    env = editor(desk, writing("Hello."))
    keys = "?a@me\npxx\nplow\ntlate\na\nn uudm1\nus2d\nurq"
    shown = desk("triage --color never", tty=True, input=keys, env=env)

    assert shown.endswith("quit\n1 assigned, 1 prioritized, 1 resolved, 1 replied; 1 of 3 left\n")
    after = ticket(desk, 1)
    assert (after["assignee"], after["priority"], after["tags"], after["status"]) == (
        "alice",
        "low",
        ["vip", "web"],
        "resolved",
    )
    assert ticket(desk, 2)["status"] == "answered"


def test_it_shows_a_ticket_with_its_last_messages_and_the_keys(session: Session):
    assert "1  Refund not received" in session.shown
    assert "Where is it?" in session.shown
    assert session.shown.endswith(
        "\n1/3 r)eply n)ote a)ssign p)rio t)ag s)nooze d)one m)erge space u)ndo ?)help "
    )
    assert "2  Cannot log in" in session.press(" ")
    assert "3  Invoice 77" in session.press(" ")
    assert session.end(" ") == "next\nnothing done; 0 of 3 left\n"


def test_done_resolves_and_goes_on(desk: Desk, session: Session):
    shown = session.press("d")

    assert shown.startswith(
        "done\nresolved 1: status resolved, reason solved - Refund not received\n"
    )
    assert "2  Cannot log in" in shown
    assert session.end() == "quit\n1 resolved; 2 of 3 left\n"
    assert operations(desk) == ["resolve"]


def test_filing_stays_with_the_ticket(desk: Desk, session: Session):
    assert "1: assignee alice - Refund" in session.press("a", "@me")
    assert "1: priority urgent - Refund" in session.press("p", "up")
    assert "1: tags vip,web,late - Refund" in session.press("t", "late")
    assert "1: assignee none - Refund" in session.press("a", "none")
    assert session.end() == "quit\n2 assigned, 1 prioritized, 1 tagged; 3 of 3 left\n"
    assert operations(desk) == ["assign", "prio", "tag", "assign"]


def test_snoozing_goes_on(desk: Desk, session: Session):
    shown = session.press("s", "mon 9:00")

    assert "until Mon 2026-11-23 09:00" in shown
    assert "2  Cannot log in" in shown
    session.end()
    assert ticket(desk, 1)["status"] == "postponed"


def test_merging_goes_on_and_is_undone(desk: Desk, session: Session):
    assert "2  Cannot log in" in session.press("m", "3")
    assert ticket(desk, 1)["merged_into"] == 3
    assert "1  Refund not received" in session.press("u")
    session.end()
    assert ticket(desk, 1)["merged_into"] is None


def test_a_reply_is_written_in_the_editor_with_its_headers(desk: Desk, session: Session):
    assert "2  Cannot log in" in session.press("r")
    assert session.end() == "quit\n1 replied; 2 of 3 left\n"
    after = ticket(desk, 1)
    assert (after["status"], after["priority"]) == ("answered", "urgent")
    assert after["messages"][1]["body"] == "Hello."
    assert drafts(desk) == []


def test_a_note_stays_with_the_ticket(desk: Desk, session: Session):
    assert "noted on 1: priority urgent - Refund not received\n1/3" in session.press("n")
    session.end()
    assert ticket(desk, 1)["messages"][1]["kind"] == "note"


def test_an_editor_that_changes_nothing_changes_nothing(desk: Desk):
    session = Session(desk.spawn("triage", env=editor(desk, "true")))
    shown = session.press("r")

    assert shown.startswith("reply\ntix: error: nothing changed\n1/3 ")
    assert session.end() == "quit\nnothing done; 3 of 3 left\n"
    assert (operations(desk), drafts(desk)) == ([], [])


def test_a_text_that_could_not_be_saved_is_kept_and_offered_again(desk: Desk):
    env = editor(desk, writing("Hello.", priority="urgnt"))
    session = Session(desk.spawn("triage", env=env))
    shown = session.press("r")
    (draft,) = drafts(desk)
    assert f"your text is kept in {draft} (tix reply 1 offers it again)\n" in shown
    assert "tix: error: line 3, priority: 'urgnt' is no priority" in shown

    editor(desk, 'sed -i s/urgnt/urgent/ "$1"')
    session.child.send("r")
    session.child.expect_exact("[u/d/l] ")
    session.child.sendline("u")
    assert "replied to 1: " in session.prompt()
    session.end()
    assert drafts(desk) == []


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("a", "bob", told("no agent 'bob'", "tix agent add bob")),
        ("p", "urgnt", "'urgnt' is no priority; there are low, normal, high, urgent\n"),
        ("t", "a b", told("'a b' cannot be a tag: one word, at most 100 characters")),
        ("s", "soon", told("'soon' is not a date", "See 'tix help dates'.")),
        ("s", "yesterday", "2026-11-19 23:00 UTC is past; a time to come is needed\n"),
        ("m", "x", "'x' is no ticket: "),
        ("m", "1", "ticket 1 cannot be merged into "),
        ("m", "9", told("no ticket 9", "the last number is 3")),
    ],
)
def test_what_is_refused_is_told_and_the_ticket_stands_again(
    desk: Desk, session: Session, key: str, line: str, said: str
):
    before = content(desk.home / "desk")
    shown = session.press(key, line)

    assert f"tix: error: {said}" in shown
    assert shown.rpartition("\n")[2].startswith("1/3 ")
    assert session.end() == "quit\nnothing done; 3 of 3 left\n"
    assert content(desk.home / "desk") == before


@pytest.mark.parametrize("key", ["a", "p", "t", "s", "m"])
def test_an_empty_answer_and_the_end_of_input_cancel(desk: Desk, session: Session, key: str):
    assert "tix: error" not in session.press(key, " ")
    session.child.send(key)
    session.child.expect_exact("? ")
    session.child.sendeof()
    session.prompt()
    session.end()
    assert operations(desk) == []


def test_undo_takes_back_what_was_done_here_from_the_last_on(desk: Desk, session: Session):
    session.press("a", "@me")
    session.press("d")
    session.press("d")
    assert "2  Cannot log in" in session.press("u")
    assert "1  Refund not received" in session.press("u")
    assert session.press("u").startswith("undo\ntook back the change of 1: assignee none")
    assert "tix: error: nothing was done here that could be taken back\n" in session.press("u")
    assert session.end() == "quit\nnothing done; 3 of 3 left\n"
    assert [ticket(desk, n)["status"] for n in (1, 2)] == ["new", "new"]


def test_undo_that_others_have_blocked_is_told(desk: Desk, session: Session):
    session.press("p", "low")
    desk("prio 1 urgent --actor bob")

    assert "tix: error: ticket 1: priority was changed again" in session.press("u")
    session.end()
    assert ticket(desk, 1)["priority"] == "urgent"


def test_a_ticket_that_changed_meanwhile_is_shown_again_before_anything_is_done(
    desk: Desk, session: Session
):
    desk("reply 1 --inbound -m 'It has come.'")
    shown = session.press("d")

    assert "tix: error: ticket 1 is at revision 2, not 1\n" in shown
    assert "It has come." in shown
    assert session.press("d").startswith("done\nresolved 1")
    session.end()


def test_what_others_did_before_a_ticket_is_reached_is_shown(desk: Desk, session: Session):
    desk("reply 2 --inbound -m 'It works now.'")

    assert "It works now." in session.press(" ")


def test_keys_that_were_typed_ahead_are_not_lost(desk: Desk, session: Session):
    session.child.send("a@me\nplow\ntlate\nd d")
    assert (
        session.child.expect_exact("1 assigned, 1 prioritized, 1 tagged, 2 resolved; 0 of 3") == 0
    )
    finish(session.child)

    after = ticket(desk, 1)
    assert (after["assignee"], after["priority"], after["tags"]) == (
        "alice",
        "low",
        ["vip", "web", "late"],
    )


@pytest.mark.parametrize("key", ["?", "x", "\x1b[A", "\x1bOP", "\x1b[15~", "é", "\t"])
def test_other_keys_show_help(session: Session, key: str):
    shown = session.press(key)

    assert "  space  leave it as it is, and go on\n" in shown
    assert session.end() == "quit\nnothing done; 3 of 3 left\n"


def test_ctrl_d_ends_it(session: Session):
    assert session.end("\x04") == "quit\nnothing done; 3 of 3 left\n"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"]
)
def test_a_signal_ends_it_with_a_summary_and_the_terminal_as_it_was(
    session: Session, number: int, code: int
):
    session.press("a", "@me")
    assert not is_canonical(session)
    session.child.kill(number)
    session.child.expect_exact("1 assigned; 3 of 3 left")
    session.child.expect(pexpect.EOF)
    assert is_canonical(session)
    session.child.close()

    assert session.child.exitstatus == code


def test_ctrl_c_is_a_signal_and_puts_the_terminal_back(desk: Desk):
    child = shell(desk)
    child.send("\x03")
    child.expect_exact("nothing done; 3 of 3 left")
    child.sendline("stty -a")
    child.expect(r"[ ;](-?)icanon")

    assert child.match is not None
    assert child.match[1] == ""  # type: ignore[index]
    child.close(force=True)


def test_it_can_be_suspended_and_goes_on(desk: Desk):
    child = shell(desk)
    child.send("\x1a")
    child.expect("[Ss]topped")
    child.sendline("stty -a")
    child.expect(r"[ ;](-?)icanon")
    assert child.match is not None
    assert child.match[1] == ""  # type: ignore[index]
    child.sendline("fg")
    child.expect_exact(KEYS)
    child.send("d")
    child.expect_exact("resolved 1: ")
    child.expect_exact(KEYS)
    child.send("q")
    child.expect_exact("1 resolved; 2 of 3 left")
    child.close(force=True)


def shell(desk: Desk) -> pexpect.spawn[str]:
    """Return a shell with job control in which a session waits for a key."""
    child: pexpect.spawn[str] = pexpect.spawn(
        "/bin/bash",
        ["--norc", "--noprofile", "-i"],
        env={**desk.env, "PS1": "$ ", "COLUMNS": "100", "LINES": "50"},
        cwd=str(desk.home),
        encoding="utf-8",
        timeout=20,
    )
    child.sendline("python -m tix triage")
    child.expect_exact(KEYS)
    return child


def test_words_choose_the_tickets(desk: Desk):
    session = Session(desk.spawn("triage is:unassigned tag:web prio:high.."))

    assert "1  Refund not received" in session.shown
    assert session.end(" ") == "next\nnothing done; 0 of 1 left\n"
    assert desk("triage tag:nope", tty=True) == "no tickets match\n"


def test_an_empty_inbox_is_told(run: Desk):
    assert run("triage", tty=True) == "Inbox zero.\n"


def test_a_long_conversation_is_cut(desk: Desk):
    (desk.home / "long").write_text("line\n" * 30)
    for number in range(3):
        desk(f"note 1 -m 'Note {number}.'")
    desk("note 1 -F long")
    session = Session(desk.spawn("triage --color never"))

    assert "... 2 earlier messages: tix show 1\n" in session.shown
    assert session.shown.count("  line\n") == 12
    assert "  ... more: tix show 1\n" in session.shown
    assert "Note 0." not in session.shown
    session.end()


def test_what_a_customer_wrote_steers_no_terminal(desk: Desk):
    desk(["new", "\x1b[2JBad", "-p", "urgent", "-m", "\x1b]0;owned\x07\u202eevil"])
    session = Session(desk.spawn("triage --color never"))

    assert "4  Bad" in session.shown
    assert "\n  evil\n" in session.shown
    assert "\x1b" not in session.shown
    session.end()


INSTEAD = "tix list finds tickets; tix assign, prio, tag and resolve --where change them"


def test_without_somebody_at_the_terminal_it_says_what_to_use(desk: Desk):
    assert error(desk, "triage", 5) == told("tix triage needs somebody at a terminal", INSTEAD)
    assert desk("triage --no-input", tty=True, code=5) == (
        f"tix: error: {told('tix triage needs somebody at a terminal', INSTEAD)}"
    )
