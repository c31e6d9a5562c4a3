"""Secrets between the store and those who read: noted on the way in, hidden on the way out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tests.ops.desks import history, meaning, opened, ticket
from tix.ops import masking
from tix.ops.change import as_told
from tix.ops.exporting.jsonl import export_jsonl
from tix.ops.history import events
from tix.ops.queries import find
from tix.ops.tickets import filing, talking
from tix.ops.tickets.reads import show
from tix.ops.undo import undo

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.ops.change import Change

CARD, SHOWN = "4111 1111 1111 1111", "••••1111"
SUBJECT = "Login sk_live_4eC39HqLyjWDarjtT1zdp7dc"
SAFE = "Login sk_live_••••p7dc"


def test_the_head_tells_the_kinds_of_secrets_each_once(desk: Desk) -> None:
    opened(desk, SUBJECT, body=f"card {CARD}")
    talking.note(desk, [1], f"password: hunter2, card {CARD}")
    filing.prioritize(desk, [1], "high")

    assert ticket(desk, 1).secrets == ("stripe-key", "card", "password")
    assert [event.changes.get("secrets") for event in history(desk, 1)] == [
        [None, ["stripe-key", "card"]],
        [["stripe-key", "card"], ["stripe-key", "card", "password"]],
        None,
    ]


def test_why_something_was_done_is_read_without_secrets(desk: Desk) -> None:
    opened(meaning(desk, why=f"card {CARD}"))
    event = events(desk).rows[0]
    shown, one = desk.store.read(
        lambda tx: (masking.reader(desk, tx).operations.all(), tx.operations.get(1))
    )

    assert (event.cause, [one.why for one in shown]) == (f"card {SHOWN}", [f"card {SHOWN}"])
    assert one.why == f"card {CARD}"


def test_a_secret_that_is_taken_back_is_no_more_told(desk: Desk) -> None:
    opened(desk)
    talking.note(desk, [1], "password: hunter2")
    undo(desk)

    assert ticket(desk, 1).secrets == ()


def test_what_is_written_is_warned_of_by_place_and_kind(desk: Desk) -> None:
    def warned(change: Change) -> list[tuple[str, str]]:
        return [(notice.code, notice.message.partition(":")[0]) for notice in change.notices]

    said = "ticket 1 seems to hold a secret"
    first = talking.open_ticket(desk, talking.Draft(SUBJECT, f"{CARD} {CARD}"))
    edited = filing.edit(desk, [1], subject=f"Card {CARD}")
    again = talking.note(desk, [1], f"once more {CARD}")
    harmless = talking.note(desk, [1], "nothing")

    assert warned(first) == [
        ("secret", f"the subject of {said} (stripe-key)"),
        ("secret", f"the text of {said} (card)"),
    ]
    assert warned(edited) == [("secret", f"the subject of {said} (card)")]
    assert warned(again) == [("secret", f"the text of {said} (card)")]
    assert warned(harmless) == []


def test_every_way_to_read_hides_them(desk: Desk) -> None:
    opened(desk, SUBJECT, body=f"card {CARD}")
    (shown,), _ = show(desk, [1])
    (row,) = find(desk, []).rows
    (event,) = events(desk, [1]).rows
    out = io.BytesIO()
    export_jsonl(desk, out)

    assert (shown.ticket.subject, shown.messages[0].body) == (SAFE, f"card {SHOWN}")
    assert (row.ticket.subject, row.contact) == (SAFE, None)
    assert event.body == f"card {SHOWN}"
    assert list(event.changes["subject"]) == [None, SAFE]
    assert "salt" not in event.data
    assert SAFE in out.getvalue().decode()
    assert CARD not in out.getvalue().decode()
    assert desk.masked == {1}


def test_they_are_shown_to_whom_asks_for_them(desk: Desk) -> None:
    opened(desk, SUBJECT, body=f"card {CARD}")
    desk.reveals = True
    (shown,), _ = show(desk, [1])

    assert (shown.ticket.subject, shown.messages[0].body) == (SUBJECT, f"card {CARD}")
    assert desk.masked == set()


def test_what_has_none_is_shown_as_it_is(desk: Desk) -> None:
    opened(desk, body="Where is it?")
    filing.tag(desk, [1], ["late"])

    assert show(desk, [1])[0][0].history == history(desk, 1)
    assert desk.masked == set()


def test_a_change_works_with_the_text_and_tells_it_masked(desk: Desk) -> None:
    opened(desk, SUBJECT)
    opened(desk, "Plain")
    change = filing.tag(meaning(desk), [1, 2], ["late"])
    subjects = [
        (one.before and one.before.subject, one.after.subject) for one in as_told(change).changed
    ]

    assert subjects == [(SAFE, SAFE), ("Plain", "Plain")]
    assert as_told(talking.open_ticket(desk, talking.Draft("New"))).changed[0].before is None
    assert ticket(desk, 1).subject == SUBJECT


def test_a_query_finds_them_by_presence_and_kind(desk: Desk) -> None:
    opened(desk, body=f"card {CARD}")
    opened(desk, "Login", body="password: hunter2")
    opened(desk, "Harmless")

    def found(*words: str) -> list[int]:
        return sorted(row.ticket.id for row in find(desk, words).rows)

    assert found("has:secret") == [1, 2]
    assert found("secret:card") == [1]
    assert found("no:secret") == [3]
    assert found("text:hunter2") == [2]
