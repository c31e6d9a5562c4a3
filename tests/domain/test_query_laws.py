"""Laws of queries, whatever the words and whatever the ticket."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.asking import CONTEXT, NOW, SCALE
from tix.domain.found import Found
from tix.domain.people import Contact
from tix.domain.query import (
    FIELDS,
    STATES,
    SYNONYMS,
    Kind,
    Range,
    Seen,
    TicketQuery,
    bounds,
    defaulted,
    exact,
    matches,
    parse,
    sort_rows,
    split_line,
)
from tix.domain.query.fields import fold, known_field
from tix.domain.status import REASONS, SUBSTATUSES, Status
from tix.domain.ticket import LINKS, Link, Ticket
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
NAMES = ("a", "A", "a:b", "os:mac", "a/b", "a/b/c", "é", "e\u0301", "b c", "none")


def some(chance: random.Random, values: Sequence[T]) -> T | None:
    return chance.choice([None, *values])


def any_ticket(number: int, chance: random.Random) -> Ticket:
    """Return a ticket of which each part may be anything, or nothing."""
    times = [NOW + timedelta(seconds=chance.randint(-(10**6), 10**6)) for _ in range(5)]
    few = range(6)
    return Ticket(
        number,
        chance.choice(NAMES),
        created_at=times[0],
        updated_at=times[1],
        status=chance.choice([*Status]),
        substatus=some(chance, SUBSTATUSES),
        reason=some(chance, REASONS),
        priority=chance.choice([*SCALE, "other"]),
        type=some(chance, NAMES),
        category=some(chance, NAMES),
        requester=some(chance, few),
        assignee=some(chance, ["alice", "Bob"]),
        department=some(chance, NAMES),
        tier=chance.choice(few),
        tags=tuple(chance.sample(NAMES, chance.choice(few[:4]))),
        channel=some(chance, NAMES),
        fields=chance.choice([{}, {"os": chance.choice(NAMES)}]),
        links=chance.choice([(), (Link(chance.choice(LINKS), chance.randint(1, 20)),)]),
        due_at=some(chance, times),
        snoozed_until=some(chance, times),
        waiting_since=some(chance, times),
        first_response_at=some(chance, times),
        resolved_at=some(chance, times),
        closed_at=some(chance, times),
        trashed_at=chance.choice([None, None, None, NOW]),
        merged_into=some(chance, few),
        messages=chance.choice(few),
        replies=chance.choice(few),
        notes=chance.choice(few),
        attachments=chance.choice(few),
        reopened=chance.choice(few),
        outbound=chance.choice([False, True]),
    )


def any_seen(number: int) -> Seen:
    chance = random.Random(number)
    contact = Contact(
        chance.randint(1, 5),
        some(chance, NAMES),
        some(chance, ["jo@x.com", "a@b.c"]),
        some(chance, NAMES),
        vip=chance.choice([False, True]),
    )
    text = chance.choice(NAMES)
    return Seen(any_ticket(number, chance), some(chance, [contact]), NOW, lambda: text)


ALL = [any_seen(number) for number in range(1, 81)]

DAYS = st.sampled_from(["today", "2026-11-20", "-7d", "+2h", "eow"])
INTEGERS = st.integers(0, 20).map(str)
SPANS = st.sampled_from(["0s", "90m", "3d", "2w"])
WORDS_OF_TEXT = st.sampled_from(NAMES)
LITERALS = {
    Kind.NAME: WORDS_OF_TEXT,
    Kind.TAGS: WORDS_OF_TEXT | st.just("os:"),
    Kind.TEXT: WORDS_OF_TEXT,
    Kind.SEARCH: WORDS_OF_TEXT,
    Kind.PATH: WORDS_OF_TEXT,
    Kind.CUSTOMER: st.sampled_from(["C-1", "c2", "jo@x.com", "@b", "a"]),
    Kind.SCALE: st.sampled_from(SCALE),
    Kind.NUMBER: INTEGERS,
    Kind.ID: INTEGERS,
    Kind.TIME: DAYS,
    Kind.FLAG: st.sampled_from(["yes", "no"]),
    Kind.LINK: st.sampled_from(LINKS) | INTEGERS,
    Kind.STATE: st.sampled_from(sorted(STATES)),
}
ENDS = {
    Kind.SCALE: st.sampled_from(SCALE),
    Kind.NUMBER: INTEGERS,
    Kind.ID: INTEGERS,
    Kind.TIME: DAYS,
    Kind.SPAN: SPANS,
}
FIELD_NAMES = st.sampled_from([*FIELDS, *SYNONYMS, "field.os"])


@st.composite
def terms(draw: st.DrawFn) -> tuple[str, str]:
    """A field and its values, as they stand on both sides of the sign."""
    name = draw(FIELD_NAMES)
    field = known_field(name)
    assert field
    if field.choices:
        return name, ",".join(draw(st.lists(st.sampled_from(field.choices), min_size=1)))
    if field.kind is Kind.SPAN or (field.kind in ENDS and draw(st.booleans())):
        end = draw(ENDS[field.kind])
        return name, draw(st.sampled_from([f"{end}..", f"..{end}"]))
    return name, ",".join(draw(st.lists(LITERALS[field.kind], min_size=1, max_size=3)))


WORDS = terms().map(":".join) | terms().map("!=".join) | st.sampled_from(["a", "b c", "é"])
QUERIES = st.lists(WORDS, max_size=4)
NOISE = st.lists(
    st.sampled_from(
        [*'":!=<>.,\\*- @#a1', "..", "!=", "status", "due", "is", "open", "none", "no", "é"]
    )
).map("".join)


def has_an_order(name: str) -> bool:
    field = known_field(name)
    return field is not None and field.kind not in (Kind.TAGS, Kind.SEARCH, Kind.LINK, Kind.STATE)


def read(*words: str) -> TicketQuery:
    return parse(words, CONTEXT)


def tried(*words: str) -> tuple[TicketQuery, str]:
    """Return the query, or else the error and its hint."""
    try:
        return read(*words), ""
    except UsageError as error:
        return TicketQuery(), f"{error.message} {error.hint}".strip()


def found(*words: str) -> set[int]:
    """Return the places of the tickets that the query finds."""
    asked = read(*words)
    return {place for place, seen in enumerate(ALL) if matches(asked, seen)}


def others(places: set[int]) -> set[int]:
    return set(range(len(ALL))) - places


@given(st.lists(st.text() | NOISE | st.builds("{}:{}".format, FIELD_NAMES, st.text() | NOISE)))
@example(["\ud800:x"])
@example(['tag:"'])
@example(['no:"field.a b"', r'has:"field.\""'])
def test_any_words_are_a_query_or_refused_in_one_line(words: list[str]):
    asked, message = tried(*words)

    assert message or read(*split_line(str(asked))) == asked
    assert len(message) < 600
    assert message.isprintable()


@given(QUERIES)
def test_what_is_written_reads_as_the_same_query(words: list[str]):
    asked = read(*words)

    assert read(*split_line(str(asked))) == asked


@given(terms())
def test_not_finds_the_others(term: tuple[str, str]):
    assert found("!=".join(term)) == others(found(":".join(term)))


@given(FIELD_NAMES.filter(lambda name: name != "is"))
def test_no_finds_what_has_does_not(name: str):
    assert found(f"no:{name}") == others(found(f"has:{name}"))


@given(terms())
def test_a_comma_is_or(term: tuple[str, str]):
    name, values = term

    assert found(":".join(term)) == set().union(
        *(found(f"{name}:{value}") for value in values.split(","))
    )


@given(QUERIES)
def test_all_terms_must_hold(words: list[str]):
    assert found(*words) == set(range(len(ALL))).intersection(*map(found, words))


@given(st.integers(0, 20), st.sampled_from(["id", "replies", "tier"]))
def test_ranges_meet_without_a_gap_or_an_overlap(number: int, name: str):
    assert found(f"{name}:..{number}") == others(found(f"{name}:{number + 1}.."))


@given(st.sampled_from(SCALE[1:]))
def test_steps_of_the_scale_are_in_order(step: str):
    below = SCALE[SCALE.index(step) - 1]

    assert found(f"prio:..{below}") | found(f"prio:{step}..") == found(f"prio:{','.join(SCALE)}")
    assert found(f"prio:..{below}", f"prio:{step}..") == set()


@given(DAYS)
def test_what_is_up_to_a_date_and_from_it_on_is_on_it(day: str):
    until, since = found(f"created:..{day}"), found(f"created:{day}..")

    assert until | since == found()
    assert until & since == found(f"created:{day}")


@given(QUERIES)
def test_a_plan_leaves_out_no_match(words: list[str]):
    asked = read(*words)
    numbers, days, due = (bounds(asked, name) for name in ("id", "created", "due"))
    known = exact(asked)

    for ticket in (ALL[n].ticket for n in found(*words)):
        assert (ticket.status, ticket.trashed_at is not None) in asked.places
        assert not (asked.only_unsettled and ticket.is_settled)
        assert numbers.holds(ticket.id)
        assert days.holds(ticket.created_at)
        assert due == Range() or due.holds(ticket.due_at)
        assert ticket.status in known.get("status", {ticket.status})
        assert ticket.priority in known.get("priority", {ticket.priority})
        assignee = ticket.assignee and fold(ticket.assignee)
        assert assignee in known.get("assignee", {assignee})
        tags: set[str | None] = {*map(fold, ticket.tags)} or {None}
        assert tags & known.get("tag", tags)


@given(QUERIES)
def test_what_goes_without_saying_is_said_once(words: list[str]):
    asked = read(*words)
    once = defaulted(asked)
    matched = {n for n, seen in enumerate(ALL) if matches(once, seen)}

    assert defaulted(once) == once
    assert matched <= found(*words)
    assert once == asked or not any(ALL[n].ticket.trashed_at for n in matched)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "-"]), FIELD_NAMES.filter(has_an_order)).map("".join),
        min_size=1,
    )
)
def test_an_order_of_what_is_ordered_changes_nothing(keys: list[str]):
    rows = [Found(seen.ticket, seen.contact) for seen in ALL]
    ordered = sort_rows(rows, ",".join(keys), SCALE)

    assert sorted(row.ticket.id for row in ordered) == list(range(1, 81))
    assert sort_rows(reversed(ordered), ",".join(keys), SCALE) == ordered


@pytest.mark.parametrize(
    "word",
    [
        "a" * 100_000,
        "subject:" + "a," * 50_000,
        '"' * 100_000,
        "\\" * 100_000,
        'subject:"' + 'a"' * 50_000,
        "id:" + "9" * 100_000,
        "id:1" + "." * 100_000,
        "due:" + "1" * 100_000,
        "created:" + ".." * 50_000,
        "age:" + "1h" * 50_000 + "..",
        "customer:" + "@" * 100_000,
        "status:" + "opne," * 20_000,
        "x" * 100_000 + ":y",
        "-" * 100_000 + "tag:x",
    ],
    ids=lambda word: word[:12],
)
def test_a_word_of_100_kb_takes_no_time(word: str):
    began = time.perf_counter()

    _, message = tried(word)

    assert len(message) < 600
    assert time.perf_counter() - began < 2
