"""The metrics of lengths of time: how long customers wait, and how long resolutions take."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tests.reports.independent.figures import Figure, mean, quantile, survival_median
from tests.reports.independent.slices import Slice, those
from tests.reports.independent.thing import SOLVED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.reports.independent.thing import Thing

BASES = ("cal", "biz", "net")
Compute = Callable[[Slice], Figure]
Some = Callable[[Slice], list["Thing"]]
Waiting = Callable[[Slice], tuple[int, int | None]]


def first_answers(s: Slice) -> list[Thing]:
    return those(s.of("first_ended"), "answered")


def next_answers(s: Slice) -> list[Thing]:
    return those(s.of("next_ended"), "answered")


def _lengths(some: Some, base: str) -> Callable[[Slice], list[float]]:
    return lambda s: [getattr(thing, base) for thing in some(s)]


def _worst(base: str) -> Callable[[Slice], list[float]]:
    def lengths(s: Slice) -> list[float]:
        answers = next_answers(s)
        tickets = {thing.ticket.number for thing in answers}
        return [
            max(getattr(one, base) for one in answers if one.ticket.number == number)
            for number in tickets
        ]

    return lengths


def _waiting(kind: str, ends: str = "until") -> Waiting:
    """Return how to count what had begun and not ended, with the age of the oldest."""

    def found(s: Slice) -> tuple[int, int | None]:
        begun = [
            thing.at
            for thing in s.all(kind)
            if thing.at <= s.last and not 0 < _end(thing, ends) <= s.last
        ]
        return len(begun), s.end - min(begun) if begun else None

    return found


def _end(thing: Thing, name: str) -> int:
    return thing.until if name == "until" else int(thing.more[name])


def _family(
    name: str,
    bases: Sequence[str],
    lengths: Callable[[str], Callable[[Slice], list[float]]],
    waiting: Waiting,
) -> Iterator[tuple[str, Compute]]:
    def percentile(s: Slice, base: str, percent: int) -> Figure:
        samples = lengths(base)(s)
        return Figure(quantile(samples, percent), len(samples), None, None, *waiting(s))

    def average(s: Slice, base: str) -> Figure:
        value, n = mean(lengths(base)(s))[:2]
        return Figure(value, n, None, None, *waiting(s))

    for base in bases:
        for percent in (50, 75, 90, 95):
            yield f"{name}_{base}_p{percent}", partial(percentile, base=base, percent=percent)
        yield f"{name}_{base}_mean", partial(average, base=base)


def _surviving(
    name: str, kind: str, good: Sequence[str], waiting: Waiting
) -> Iterator[tuple[str, Compute]]:
    def figure(s: Slice, base: str) -> Figure:
        finished: list[int] = []
        others: list[int] = []
        for thing in s.of(kind):
            if thing.until:
                (finished if thing.how in good else others).append(getattr(thing, base))
            else:
                age = s.as_of - thing.at if base == "cal" else s.working(thing.at, s.as_of)
                others.append(age)
        n = len(finished) + len(others)
        return Figure(survival_median(finished, others), n, None, None, *waiting(s))

    for base in ("cal", "biz"):
        yield f"{name}_{base}_km", partial(figure, base=base)


frt_waiting, nrt_waiting = _waiting("first_begun"), _waiting("next_begun")
res_waiting, once_waiting = _waiting("tickets"), _waiting("tickets", "first_resolved")


def done(s: Slice) -> list[Thing]:
    return those(s.of("done"), *SOLVED)


def first_done(s: Slice) -> list[Thing]:
    return those(s.of("first_done"), *SOLVED)


def cycles(s: Slice) -> list[Thing]:
    return those(s.of("cycles"), *SOLVED)


TIMES: dict[str, Compute] = {
    **dict(_family("frt", BASES[:2], partial(_lengths, first_answers), frt_waiting)),
    **dict(_family("nrt", BASES[:2], partial(_lengths, next_answers), nrt_waiting)),
    **dict(_family("nrt_worst", BASES[:2], _worst, nrt_waiting)),
    **dict(_family("res", BASES, partial(_lengths, done), res_waiting)),
    **dict(_family("res_once", BASES, partial(_lengths, first_done), once_waiting)),
    **dict(_family("res_cycle", BASES, partial(_lengths, cycles), res_waiting)),
    **dict(_surviving("frt", "first_begun", ("answered",), frt_waiting)),
    **dict(_surviving("nrt", "next_begun", ("answered",), nrt_waiting)),
    **dict(_surviving("res", "whole", SOLVED, res_waiting)),
}
"""The statistics of each length of time."""
