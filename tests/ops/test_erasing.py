"""Erasing tickets and customers: what goes, what stays, and that it stays gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.desks import history, meaning, opened, ticket
from tix.codec import encode
from tix.domain.erasure import GONE
from tix.domain.event import first_broken
from tix.domain.status import Status
from tix.domain.ticket import fold
from tix.errors import Conflict, NotFound, Refused, TicketNotFound
from tix.ops.erasing import purge
from tix.ops.people import customers
from tix.ops.people.forgetting import forget
from tix.ops.tickets import filing, joining, moves, talking
from tix.ops.transactions import writing
from tix.ops.undo import undo

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.store.base import Transaction

JO = "jo.fox@zebra.test"


def text_of(desk: Desk) -> str:
    """Return every word that the desk holds."""

    def everything(tx: Transaction) -> list[Any]:
        return [
            [encode(head), [encode(event) for event in events]] for head, events in tx.scan()
        ] + [[encode(one) for one in [*tx.customers.all(), *tx.operations.all()]]]

    return json.dumps(desk.store.read(everything))


def told(desk: Desk, clock: Clock) -> Desk:
    """Return the desk with a ticket that has a bit of everything on it."""
    opened(desk, "Zanzibar", customer=JO, body="my quagga", attachments=(("dingo.txt", b"emu"),))
    clock.move(minutes=1)
    talking.note(meaning(desk, why="quokka"), [1], "an okapi")
    filing.edit(meaning(desk), [1], subject="Numbat", fields={"pet": "axolotl"})
    return desk


def whole(desk: Desk, *numbers: int) -> bool:
    return all(
        first_broken(history(desk, n)) is None and fold(history(desk, n)) == ticket(desk, n)
        for n in numbers
    )


def test_a_purge_erases_every_word_and_tells_who_did_it_and_why(desk: Desk, clock: Clock) -> None:
    told(desk, clock)
    change = purge(meaning(desk, why="he asked"), [1])
    text = text_of(desk)
    *_, last = history(desk, 1)

    words = ("Zanzibar", "quagga", "dingo", "quokka", "okapi", "Numbat", "axolotl")
    assert not [word for word in words if word in text]
    assert (last.kind, last.by, last.cause) == ("redacted", "agent:alice", "he asked")
    assert (change.operation, change.op, change.ids) == ("purge", 4, (1,))
    assert whole(desk, 1)


def test_a_purged_ticket_is_in_the_trash_with_its_numbers_and_times(
    desk: Desk, clock: Clock
) -> None:
    before = ticket(told(desk, clock), 1)
    purge(desk, [1])
    after = ticket(desk, 1)

    assert after.subject == GONE
    assert after.trashed_at == clock.at
    assert (after.created_at, after.status, after.messages, after.notes, after.attachments) == (
        before.created_at,
        Status.NEW,
        1,
        1,
        1,
    )


def test_the_change_does_not_tell_what_was_erased(desk: Desk, clock: Clock) -> None:
    (changed,) = purge(told(desk, clock), [1]).changed

    assert changed.before is not None
    assert changed.before.subject == changed.after.subject == GONE


def test_files_go_unless_another_ticket_has_them(desk: Desk) -> None:
    shared, own = ("a.txt", b"shared"), ("b.txt", b"own")
    opened(desk, body="one", attachments=(shared, own))
    opened(desk, body="two", attachments=(shared,))
    sums = [file["sha256"] for file in history(desk, 1)[0].data["attachments"]]  # type: ignore[attr-defined]
    purge(desk, [1])

    assert desk.store.read(lambda tx: tx.attachment(sums[0])) == b"shared"
    with pytest.raises(NotFound):
        desk.store.read(lambda tx: tx.attachment(sums[1]))


def test_what_was_merged_into_a_ticket_is_purged_with_it(desk: Desk) -> None:
    for subject in ("Zanzibar", "Quagga", "Okapi"):
        opened(desk, subject, body=subject)
    with writing(desk, "merge") as tx:
        from tix.domain import verbs
        from tix.ops.reactions import record
        from tix.ops.transactions import acting

        act = acting(desk, tx)
        record(tx, tx.ticket(1), verbs.edit(tx.ticket(1), act, absorbed=(2,)))

    assert purge(desk, [1, 2]).ids == (1, 2)
    assert "Quagga" not in text_of(desk)
    assert "Okapi" in text_of(desk)


def test_a_purge_tells_where_a_split_has_left_the_same_messages(desk: Desk) -> None:
    def told(number: int) -> list[str]:
        notices = purge(meaning(desk, dry_run=True), [number]).notices
        return [notice.message for notice in notices if notice.code == "copy_left"]

    same = (
        "ticket 2 was split off from 1, so ticket {0} has some of the same messages; "
        "tix delete {0} --purge erases them as well"
    )
    opened(desk, "Zanzibar", body="my quagga")
    joining.split(meaning(desk), 1, [1])

    assert told(1) == [same.format(2)]
    assert told(2) == [same.format(1)]
    purge(meaning(desk), [1])
    assert told(2) == []
    assert "quagga" in text_of(desk)
    purge(meaning(desk), [2])
    assert "quagga" not in text_of(desk)


def test_a_purge_again_changes_nothing(desk: Desk) -> None:
    opened(desk)
    purge(desk, [1])
    again = purge(desk, [1])

    assert (again.changed, again.unchanged, again.op) == ((), (1,), None)
    assert len(history(desk, 1)) == 3


def test_a_dry_purge_changes_nothing(desk: Desk, clock: Clock) -> None:
    before = text_of(told(desk, clock))
    change = purge(meaning(desk, dry_run=True), [1])

    assert (change.dry_run, change.op, change.ids) == (True, None, (1,))
    assert text_of(desk) == before


def test_a_purge_keeps_to_revision_key_and_what_there_is(desk: Desk) -> None:
    opened(desk)
    with pytest.raises(Conflict, match="revision 1, not 5"):
        purge(meaning(desk, if_rev=5), [1])
    with pytest.raises(TicketNotFound):
        purge(meaning(desk), [1, 9])

    assert purge(meaning(desk, key="k"), [1]).op
    assert purge(meaning(desk, key="k"), [1]).unchanged == (1,)


def test_an_erasure_is_never_taken_back(desk: Desk, clock: Clock) -> None:
    purge(told(desk, clock), [1])
    with pytest.raises(Refused, match="operation 4 erased texts for good"):
        undo(desk)
    with pytest.raises(Refused, match="operation 4 erased"):
        undo(desk, 4)


def test_what_was_done_before_can_still_be_taken_back(desk: Desk) -> None:
    opened(desk, "Zanzibar")
    filing.edit(desk, [1], subject="Numbat")
    filing.prioritize(desk, [1], "high")
    purge(desk, [1])
    undo(desk, 2)
    undo(desk, 3)

    assert (ticket(desk, 1).subject, ticket(desk, 1).priority) == (GONE, "normal")
    assert whole(desk, 1)


def test_a_ticket_that_time_has_just_closed_is_purged_as_well(desk: Desk, clock: Clock) -> None:
    told(desk, clock)
    moves.resolve(desk, [1])
    clock.move(days=30)
    purge(desk, [1])

    assert [event.kind for event in history(desk, 1)][-3:] == ["closed", "trashed", "redacted"]
    assert history(desk, 1)[-3].cause == "quiet for 14 days"
    assert whole(desk, 1)


def test_a_forgotten_customer_leaves_numbers_and_times(desk: Desk, clock: Clock) -> None:
    told(desk, clock)
    customers.edit(desk, "C-1", name="Foxglove", phones=("555123456",), organisation="Narwhal")
    customers.edit(desk, "C-1", plan="gold", without={"phones": ("555123456",)})
    opened(desk, "Other", customer="bob@other.test", body="Hello")
    change = forget(meaning(desk, why="art. 17"), JO)
    text = text_of(desk)

    words = ("Zanzibar", "quagga", "okapi", "Foxglove", "zebra", "555123456", "Narwhal")
    assert not [word for word in words if word in text]
    assert (change.operation, change.ids) == ("customer forget", ("C-1",))
    assert desk.store.read(lambda tx: tx.customers.get(1).plan) == "gold"
    assert ticket(desk, 1).requester == 1
    assert ticket(desk, 2).subject == "Other"
    assert whole(desk, 1, 2)


def test_the_record_of_the_change_does_not_tell_who_it_was(desk: Desk) -> None:
    customers.add(desk, name="Foxglove", addresses=(JO,), fields={"pet": "axolotl"})
    (record,) = forget(desk, "C-1").records

    assert "Foxglove" not in repr(record)
    assert "axolotl" not in repr(record)


def test_mail_of_a_forgotten_customer_makes_a_new_one(desk: Desk) -> None:
    opened(desk, customer=JO)
    forget(desk, JO)
    opened(desk, customer=JO)

    assert ticket(desk, 2).requester == 2
    with pytest.raises(NotFound):
        forget(desk, "nobody@x.test")


def test_those_who_were_merged_into_a_customer_are_forgotten_as_well(desk: Desk) -> None:
    for name in ("quagga", "okapi", "numbat"):
        customers.add(desk, name=name, addresses=(f"{name}@x.test",))
    customers.merge(desk, ["C-1"], "C-2")
    customers.merge(desk, ["C-2"], "C-3")
    change = forget(desk, "C-1")

    assert sorted(map(str, change.ids)) == ["C-1", "C-2", "C-3"]
    assert not [word for word in ("quagga", "okapi", "numbat") if word in text_of(desk)]
    assert desk.store.read(lambda tx: [c.merged_into for c in tx.customers.all()]) == [2, 3, None]


def test_on_the_tickets_of_others_only_their_own_words_go(desk: Desk, clock: Clock) -> None:
    opened(desk, "Zanzibar", customer=JO, body="my quagga")
    talking.reply(desk, 1, "our answer")
    filing.edit(desk, [1], customer="bob@other.test")
    opened(desk, "Second", customer="bob@other.test", body="hello there")
    filing.edit(desk, [2], participants=(JO, "ann@other.test"))
    opened(desk, "Third")
    filing.edit(desk, [3], participants=("ann@other.test",))
    clock.move(minutes=5)
    forget(desk, JO)
    text = text_of(desk)

    assert "quagga" not in text
    assert "zebra" not in text
    assert "our answer" in text
    assert "hello there" in text
    assert ticket(desk, 2).participants == ("ann@other.test",)
    assert len(history(desk, 3)) == 2
    assert whole(desk, 1, 2)


def test_a_customer_is_forgotten_once(desk: Desk) -> None:
    opened(desk, customer=JO)
    assert forget(meaning(desk, key="k"), "C-1").op
    again = forget(meaning(desk), "C-1")

    assert (again.ids, again.op) == (("C-1",), None)
    assert forget(meaning(desk, key="k"), "C-1").unchanged == ("C-1",)


def test_a_dry_forgetting_changes_nothing(desk: Desk) -> None:
    opened(desk, "Zanzibar", customer=JO)
    before = text_of(desk)

    assert forget(meaning(desk, dry_run=True), "C-1").op is None
    assert text_of(desk) == before


def test_why_an_erasure_was_done_outlives_the_next_one(desk: Desk, clock: Clock) -> None:
    told(desk, clock)
    purge(meaning(desk, why="first asked"), [1])
    clock.move(minutes=1)
    forget(meaning(desk, why="then again"), "C-1")
    whys = [operation.why for operation in desk.store.read(lambda tx: tx.operations.all())]

    assert whys == ["", "", "", "first asked", "then again"]
    assert [event.cause for event in history(desk, 1)] == ["", "", "", "", "first asked"]
