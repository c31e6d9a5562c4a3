"""Calls and chats, by the columns of a department report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.made import START, november, told, value

if TYPE_CHECKING:
    from tests.reports.made import Thing

COLUMNS = (
    *("calls", "calls_missed", "call_minutes", "calls_in", "calls_finished"),
    *("chats", "chats_missed", "chats_in", "chats_finished", "chat_messages"),
    *("chat_pickup_avg", "chat_avg"),
)


def _call(inbound: int, answered: int, seconds: int) -> Thing:
    held = {"at": START, "inbound": inbound, "answered": answered, "seconds": seconds}
    return "calls", {**held}


def test_calls_are_counted_by_who_called_and_whether_somebody_answered():
    cell = november((_call(1, 1, 90), _call(1, 0, 0), _call(0, 1, 60), _call(0, 0, 0)))

    assert [value(name, cell) for name in COLUMNS[:5]] == [4, 1, 2.5, 2, 2]


def test_chats_are_counted_by_who_began_and_whether_an_agent_wrote():
    def chat(inbound: int, lines: int, pickup: int = 0, seconds: int = 0) -> Thing:
        answered = int(lines > 0)
        held = {"at": START, "inbound": inbound, "answered": answered, "lines": lines}
        return "chats", {**held, "pickup": pickup, "seconds": seconds}

    cell = november((chat(1, 3, 20, 600), chat(1, 0), chat(0, 2, 0, 300)))

    assert [value(name, cell) for name in COLUMNS[5:10]] == [2, 1, 2, 2, 5]
    assert told("chat_pickup_avg", cell)[:2] == (10, 2)
    assert told("chat_avg", cell)[:2] == (450, 2)


def test_a_channel_that_nobody_uses_says_so():
    cell = november((_call(1, 1, 90),))

    assert told("calls", cell).mark == ""
    assert {told(name, cell).mark for name in COLUMNS[5:]} == {"unused"}
    assert value("chats", cell) == 0
    assert value("chat_avg", cell) is None
