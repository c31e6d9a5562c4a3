"""``tix log-chat``: chats with a transcript, by their figures, and from a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk

LATER = {"TIX_NOW": "2026-11-21T19:00:00Z"}
CHAT = (
    '{"at": "2026-11-21T18:40:00Z", "from": "customer", "text": "Hello?"}\n'
    '{"at": "2026-11-21T18:40:40Z", "from": "bob", "text": "Yes?"}\n'
    '{"at": "2026-11-21T18:45:00Z", "from": "Jo", "text": "Thanks."}\n'
)


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a ticket, an agent and a transcript."""
    run("agent add bob")
    run("new Refund not received -c jo@example.com -m 'Where is it?'")
    (run.home / "chat.jsonl").write_text(CHAT)
    return run


def chat(desk: Desk, number: int) -> dict[str, Any]:
    """Return what was told of the last chat on a ticket."""
    events = json.loads(desk(f"show {number} --json"))["events"]
    (*_, last) = (event for event in events if event["kind"] == "chatted")
    return {"by": last["by"], "at": last["at"], **last["data"]}


def test_a_transcript_is_a_part_of_the_conversation(desk: Desk):
    desk("log-chat 1 -F chat.jsonl", env=LATER)

    assert desk("show 1 -o table", env=LATER).endswith(
        "#2 2026-11-21 19:40 bob took a chat, 4m, 1 of 3 lines\n"
        "  00:00 customer: Hello?\n"
        "  00:40 bob: Yes?\n"
        "  05:00 Jo: Thanks.\n"
    )
    assert "chatted: in, 4m, status new -> answered" in desk("show 1 --log -o table")


def test_a_transcript_from_stdin_opens_a_ticket(desk: Desk):
    assert desk("log-chat -F - --from kim@example.com -o table", input=CHAT, env=LATER) == (
        "logged a chat on 2: Chat from kim@example.com\n"
    )
    assert desk("list id:2 --fields channel,status,worked_s,created_at") == (
        "chat\tanswered\t260\t2026-11-21T18:40:00Z\n"
    )


def test_a_chat_is_told_by_its_figures(desk: Desk):
    desk("log-chat 1 --for 10m --lines 14 --waited 40s", env=LATER)

    told = chat(desk, 1)
    assert {name: told[name] for name in ("started_at", "picked_up_at", "ended_at")} == {
        "started_at": "2026-11-21T18:49:20Z",
        "picked_up_at": "2026-11-21T18:50:00Z",
        "ended_at": "2026-11-21T19:00:00Z",
    }
    assert (told["agent_lines"], told["customer_lines"], told["seconds"]) == (14, None, 600)
    assert "alice took a chat, 10m, 14 lines\n" in desk("show 1 -o table")


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("--out --for 1m", "alice began a chat, 1m"),
        ("--for 1m --lines 1", "alice took a chat, 1m, 1 line"),
        ("--missed", "jo@example.com began a chat, missed"),
        ("--missed --for 3m", "jo@example.com began a chat, missed"),
        ("--to jo@example.com --missed", "alice began a chat, not reached"),
    ],
)
def test_the_conversation_tells_what_kind_of_chat_it_was(desk: Desk, words: str, heading: str):
    desk(f"log-chat 1 {words}", env=LATER)

    assert f"{heading}\n" in desk("show 1 -o table")


def test_sessions_come_from_a_file_each_once(desk: Desk):
    lines = [json.loads(line) for line in CHAT.splitlines()]
    session = json.dumps({"id": "s1", "ticket": 1, "lines": lines}) + "\n"

    assert desk("log-chat --import -", input=session, env=LATER) == "1\n"
    assert chat(desk, 1)["id"] == "s1"
    assert desk("log-chat --import - -o table", input=session, env=LATER) == "1 is unchanged\n"


def test_a_transcript_travels_in_the_line_for_apply(desk: Desk):
    line = desk("log-chat 1 -F chat.jsonl -n -o jsonl", env=LATER)
    (desk.home / "chat.jsonl").unlink()
    desk("apply -", input=line, env=LATER)

    assert chat(desk, 1)["by"] == "agent:bob"


def test_a_bad_transcript_changes_nothing(desk: Desk):
    result = desk.run("log-chat 1 -F -", input=CHAT + '{"at": 5}\n{"x"\n')

    assert (result.code, result.stdout) == (65, "")
    assert result.stderr.splitlines()[:2] == [
        "stdin line 4: from: it is missing",
        "stdin line 5: it is no JSON: expecting ':' delimiter at character 6",
    ]
    assert desk("log 1 -o jsonl").count("\n") == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("1", "how long it took is missing"),
        ("1 --missed --lines 3", "--lines and --waited are for a chat in which an agent wrote"),
        ("1 -F chat.jsonl --for 3m", "-F and --for exclude each other"),
        ("1 -F chat.jsonl --missed", "-F and --missed exclude each other"),
        ("1 --for 1m --waited 2d", "--waited is a day at most"),
        ("--import chat.jsonl --lines 3", "--import and --lines exclude each other"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, words: str, why: str):
    said = desk.run(f"log-chat {words}", env=LATER)

    assert (said.code, said.stdout) == (2, "")
    assert why in said.stderr
