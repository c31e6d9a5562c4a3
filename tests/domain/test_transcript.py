"""A chat read from its lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tix.domain.transcript import Said, transcript
from tix.domain.verbs.speaking import Chat

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def said(second: int, who: str, text: str) -> Said:
    return Said(START + timedelta(seconds=second), who, text)


def test_a_transcript_tells_who_began_when_it_was_picked_up_and_what_was_written():
    lines = [
        said(280, "Jo", "Thanks."),
        said(0, "customer", "Hello?\nIs anybody there?"),
        said(40, "Alice", "Yes."),
        said(6000, "agent", "Bye."),
    ]

    assert transcript(lines, {"alice", "bob"}) == (
        Chat(
            START,
            START + timedelta(seconds=6000),
            inbound=True,
            met_at=START + timedelta(seconds=40),
            agent_lines=2,
            customer_lines=2,
            transcript=(
                "00:00 customer: Hello?\n      Is anybody there?\n"
                "00:40 Alice: Yes.\n04:40 Jo: Thanks.\n100:00 agent: Bye."
            ),
        ),
        "alice",
    )


def test_a_chat_that_nobody_picked_up_has_no_agent():
    chat, agent = transcript([said(0, "Jo", "Hello?"), said(90, "Jo", "Bye.")], {"alice"})

    assert (chat.met_at, chat.agent_lines, agent) == (None, 0, None)


def test_a_chat_that_an_agent_began_is_outbound():
    chat, agent = transcript([said(0, "agent", "Can I help?"), said(9, "Jo", "No.")], ())

    assert (chat.inbound, chat.met_at, agent) == (False, START, None)


def test_there_is_no_chat_without_a_line():
    with pytest.raises(ValueError, match="a chat without a line"):
        transcript([], ())
