"""The lives of tickets as plain data: tix and taskwarrior are given the same ones.

A desk gets forty tickets a day, or as many as it takes to have all of them within ten
years. Most are long closed; those that are not came lately, but for one in five.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import words

if TYPE_CHECKING:
    from collections.abc import Iterator

A_DAY = 40
LONGEST = timedelta(days=3650)
SUBJECTS_A_CUSTOMER = 4
OPEN = 500
RESOLVED = 50

_OPEN_ENDS = ("new",) * 4 + ("open",) * 8 + ("answered",) * 5 + ("pending",) * 2 + ("postponed",)


class Said(NamedTuple):
    """A message (``question``, ``answer``) or a ``remark`` among agents."""

    kind: str
    at: datetime
    text: str


class Story(NamedTuple):
    """All that happens to one ticket; *end* is the status it has in the end, at *ended_at*."""

    number: int
    subject: str
    customer: int
    agent: str
    department: str
    priority: str
    type: str
    category: str
    channel: str
    tags: tuple[str, ...]
    opened_at: datetime
    said: tuple[Said, ...]
    end: str
    ended_at: datetime


def stories(count: int, now: datetime, seed: int = 1) -> Iterator[Story]:
    """Return the lives of *count* tickets in the order in which they came, up to *now*."""
    dice = Random(seed)
    ends = _ends(count, dice)
    writer = words.Writer(dice)
    step = min(timedelta(days=1) / A_DAY, LONGEST / count)
    customers = max(1, count // SUBJECTS_A_CUSTOMER)
    for number in range(1, count + 1):
        opened_at = _whole(now - step * (count - number + dice.random()))
        yield _story(number, opened_at, ends.get(number, "closed"), now, customers, dice, writer)


def _ends(count: int, dice: Random) -> dict[int, str]:
    """Return the status of each ticket that is not closed, by its number."""
    wanted = min(count, OPEN + RESOLVED)
    late = range(max(1, count - wanted * 4 // 5 + 1), count + 1)
    chosen = {*late, *dice.sample(range(1, late.start), wanted - len(late))}
    numbers = sorted(chosen)
    resolved = set(dice.sample(numbers, min(RESOLVED, wanted)))
    return {n: "resolved" if n in resolved else dice.choice(_OPEN_ENDS) for n in numbers}


def _story(
    number: int,
    opened_at: datetime,
    end: str,
    now: datetime,
    customers: int,
    dice: Random,
    writer: words.Writer,
) -> Story:
    said = tuple(_said(opened_at, end, now, dice, writer))
    last = said[-1].at
    return Story(
        number,
        writer.subject(),
        # A few customers write often, most of them seldom.
        int(customers * dice.random() ** 2) + 1,
        dice.choice(words.AGENTS),
        dice.choice(words.DEPARTMENTS),
        dice.choice(words.PRIORITIES),
        dice.choice(words.TYPES),
        dice.choice(words.CATEGORIES),
        dice.choice(words.CHANNELS),
        tuple(dice.sample(words.TAGS, dice.choice((0, 1, 1, 2, 3)))),
        opened_at,
        said,
        end,
        _end_of(end, last, now, dice),
    )


def _said(
    opened_at: datetime, end: str, now: datetime, dice: Random, writer: words.Writer
) -> Iterator[Said]:
    """Yield what is said on a ticket: question and answer by turns, and now and then a remark.

    A new ticket has only the question, an open one waits for an answer.
    """
    at = opened_at
    yield Said("question", at, writer.question())
    if end == "new":
        return
    turns = dice.choice((1, 1, 2, 2, 2, 3, 3))
    kinds = ["answer", *["question", "answer"] * (turns - 1)]
    if end == "open":
        kinds.append("question")
    for kind in kinds:
        at = _between(at, now, dice)
        if dice.random() < 1 / 6:
            yield Said("remark", at, writer.remark())
        yield Said(kind, at, writer.answer() if kind == "answer" else writer.question())


def _between(at: datetime, now: datetime, dice: Random) -> datetime:
    """Return a time some hours after *at*, and before *now*."""
    return _whole(at + min(timedelta(hours=dice.expovariate(1 / 9)), (now - at) / 3))


def _end_of(end: str, last: datetime, now: datetime, dice: Random) -> datetime:
    if end == "resolved":
        return _whole(max(last, now - timedelta(days=13) * dice.random()))
    return _between(last, now, dice)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
