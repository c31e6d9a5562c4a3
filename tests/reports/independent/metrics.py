"""Every metric, as docs/metrics.md defines it: a function of a slice of what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.reports.independent.figures import Figure, count, growth, mean, quantile, rate
from tests.reports.independent.hours import DAY, instant, opened
from tests.reports.independent.kept import JUDGED, Judge, kept
from tests.reports.independent.lasting import (
    TIMES,
    done,
    first_done,
    frt_waiting,
    nrt_waiting,
)
from tests.reports.independent.slices import Slice, numbers, those
from tests.reports.independent.solving import WEEK
from tests.reports.independent.thing import PARTS, SOLVED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.independent.thing import Thing

Compute = Callable[[Slice], Figure]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AGES = {"under_1d": (0, 1), "1d_3d": (1, 3), "3d_7d": (3, 7), "7d_30d": (7, 30)}
MONTH = 28


def _part(s: Slice, name: str) -> Figure:
    return mean([thing.more[name] for thing in done(s)])


def _way(thing: Thing, moved: set[int], escalated: set[int]) -> str:
    """Return how a ticket came to its first resolution."""
    if thing.ticket.number in moved:
        return "transferred"
    if thing.ticket.number in escalated:
        return "escalated"
    if not thing.more["one_answer"]:
        return "continued"
    return "reopened" if thing.more["returned_first"] else "once"


def _contact(s: Slice, way: str) -> Figure:
    asked = [thing for thing in first_done(s) if thing.more["asked"]]
    over = [thing for thing in asked if thing.at + WEEK <= s.as_of]
    moved, escalated = numbers(s.ever("transfers")), numbers(s.ever("escalations"))
    found = rate(sum(_way(thing, moved, escalated) == way for thing in over), len(over))
    return found._replace(waiting=len(asked) - len(over))


def _resolution_rate(s: Slice) -> Figure:
    created = s.of("tickets")
    over = [thing for thing in created if thing.at + WEEK <= s.as_of]
    steps: dict[int, list[tuple[int, bool]]] = {thing.ticket.number: [] for thing in created}
    for kind in ("resolved", "reopened"):
        for thing in s.ever(kind):
            is_solved = kind == "resolved" and thing.how in SOLVED
            steps.setdefault(thing.ticket.number, []).append((thing.at, is_solved))
    kept = sum(_is_solved(steps[one.ticket.number], one.at + WEEK) for one in over)
    return rate(kept, len(over))._replace(waiting=len(created) - len(over))


def _is_solved(steps: Sequence[tuple[int, bool]], at: int) -> bool:
    """Return whether a ticket was solved, and not open again, at an instant."""
    before = [step for step in steps if step[0] <= at]
    return max(before)[1] if before else False


def _reopen_rate(s: Slice) -> Figure:
    found = first_done(s)
    early = sum(thing.at + WEEK > s.as_of for thing in found)
    back = sum(thing.more["returned"] for thing in found)
    return rate(back, len(found))._replace(waiting=early)


def _flow(s: Slice) -> Figure:
    created, resolved = len(s.of("created")), len(s.of("resolved"))
    return Figure(resolved / created if created else None, created)


def _reopens_per_ticket(s: Slice) -> Figure:
    tickets = len(numbers(s.of("resolved")))
    return Figure(len(s.of("reopened")) / tickets if tickets else None, tickets)


def _ever(s: Slice, kind: str, holds: Callable[[Thing], bool]) -> Figure:
    """Return how many of the tickets created had such a thing ever."""
    created = numbers(s.of("tickets"))
    had = {thing.ticket.number for thing in s.ever(kind) if holds(thing)}
    return rate(len(created & had), len(created))


def _backlog(s: Slice, *status: str) -> list[Thing]:
    return those(s.standing("stays"), *status)


def _ages(s: Slice) -> list[int]:
    asked = {one.ticket.number: one.more["asked"] or one.at for one in s.ever("tickets")}
    return [max(0, s.last - asked[stay.ticket.number]) for stay in _backlog(s, *WAITING)]


def _aged(s: Slice, low: int, high: int) -> Figure:
    return count(sum(low * DAY <= age < high * DAY for age in _ages(s)))


def _waits(s: Slice) -> list[int]:
    """Return how long those of the backlog wait for an answer."""
    waiting = numbers(_backlog(s, *WAITING))
    begun = [turn for kind in ("first", "next") for turn in s.ever(f"{kind}_begun")]
    return [
        s.last - turn.at
        for turn in begun
        if turn.ticket.number in waiting and turn.at <= s.last and not 0 < turn.until <= s.last
    ]


def _days_of_work(s: Slice) -> Figure:
    last = s.local(s.last).date()
    days = sum(bool(opened(last - timedelta(days=n), s.desk.zone)) for n in range(MONTH))
    resolved = len(s.within(s.last - MONTH * DAY + 1, s.last + 1).of("resolved"))
    if not resolved:
        return Figure(None, 0)
    return Figure(len(_backlog(s, "new", "open")) / (resolved / days), resolved)


def _on(s: Slice, day: int) -> Figure:
    return count(sum(s.local(thing.at).weekday() == day for thing in s.of("created")))


def _after_hours(s: Slice) -> Figure:
    created = s.of("created")
    return rate(sum(not s.working(one.at, one.at + 1) for one in created), len(created))


def _weekly(s: Slice) -> Figure:
    created = len(s.of("created"))
    return Figure(created / ((min(s.until, s.as_of + 1) - s.since) / WEEK), created)


def _handled(s: Slice) -> list[int]:
    return [one.more["worked"] for one in s.of("done") if one.more["worked"]]


def _hours_needed(s: Slice) -> Figure:
    worked = _handled(s)
    weekly = _weekly(s).value or 0
    return Figure(weekly * sum(worked) / len(worked) / 3600 if worked else None, len(worked))


def _before(s: Slice) -> Slice:
    since = s.local(s.since)
    days = (s.local(s.until).date() - since.date()).days
    return s.within(int((since - timedelta(days=days)).timestamp()), s.since)


def _growth(s: Slice) -> Figure:
    now, before = len(s.of("created")), len(_before(s).of("created"))
    found = growth(now, before)
    return found if now + before >= 5 else Figure(None, now + before)


def _talks(s: Slice, kind: str, **like: str) -> list[Thing]:
    return [one for one in s.of(kind) if like.items() <= one.more.items()]


def _chat_lengths(s: Slice, since: str, until: str) -> Figure:
    chats = _talks(s, "chats", outcome="answered")
    return mean([_at(chat, until) - _at(chat, since) for chat in chats])


def _at(thing: Thing, name: str) -> int:
    return instant(thing.more[name])


def _seconds(s: Slice, kind: str, *how: str) -> Figure:
    found = [one for one in s.of(kind) if not how or one.how in how]
    return Figure(sum(one.more["seconds"] for one in found), len(found))


def _rated(s: Slice, part: Sequence[str], whole: Sequence[str]) -> Figure:
    ratings = s.of("ratings")
    return rate(len(those(ratings, *part)), len(those(ratings, *whole)))


def _answered_survey(s: Slice, *, rated: bool) -> list[Thing]:
    return [one for one in s.of("done") if one.more["is_rated"] is rated]


def _call_minutes(s: Slice) -> Figure:
    seconds, n = _seconds(s, "calls")[:2]
    return Figure((seconds or 0) / 60, n)


def _of_all(judge: Judge) -> Compute:
    return lambda s: judge(s, "")


METRICS: dict[str, Compute] = {
    **TIMES,
    "resolved_unanswered": lambda s: count(len(those(s.of("first_ended"), "resolved-unanswered"))),
    "frt_waiting": lambda s: count(frt_waiting(s)[0]),
    "frt_oldest": lambda s: Figure(frt_waiting(s)[1], frt_waiting(s)[0]),
    "nrt_waiting": lambda s: count(nrt_waiting(s)[0]),
    "nrt_oldest": lambda s: Figure(nrt_waiting(s)[1], nrt_waiting(s)[0]),
    **{
        f"res_{part}_{base}": partial(_part, name=f"{part}_{base}")
        for part in PARTS
        for base in ("cal", "biz")
    },
    "fcr": partial(_contact, way="once"),
    **{
        f"fcr_{way}": partial(_contact, way=way)
        for way in ("transferred", "escalated", "continued", "reopened")
    },
    "resolution_rate": _resolution_rate,
    "resolution_flow": _flow,
    "reopen_rate": _reopen_rate,
    "reopens_customer": lambda s: count(len(those(s.of("reopened"), "customer"))),
    "reopens_agent": lambda s: count(len(those(s.of("reopened"), "agent"))),
    "reopens_rule": lambda s: count(len(those(s.of("reopened"), "rule"))),
    "reopens_per_ticket": _reopens_per_ticket,
    "resolved_inactive": lambda s: count(len(those(s.of("resolved"), "inactive"))),
    **{name: _of_all(judge) for name, judge in JUDGED.items()},
    **{
        f"sla_{kind}": partial(kept, kind=kind)
        for kind in ("first", "next", "update", "resolution")
    },
    "escalation_rate": partial(_ever, kind="escalations", holds=lambda _: True),
    "escalation_rate_manual": partial(
        _ever, kind="escalations", holds=lambda one: one.how == "manual"
    ),
    "escalation_rate_sla": partial(_ever, kind="escalations", holds=lambda one: one.how == "sla"),
    "escalation_rate_rule": partial(_ever, kind="escalations", holds=lambda one: one.how == "rule"),
    "escalations": lambda s: count(len(s.of("escalations"))),
    "transfer_rate": partial(_ever, kind="transfers", holds=lambda _: True),
    "ping_pong_rate": partial(_ever, kind="transfers", holds=lambda one: one.more["back"]),
    "transfers": lambda s: count(len(s.of("transfers"))),
    **{
        f"{how}_answer_avg{suffix}": partial(
            lambda s, how, base: mean([getattr(one, base) for one in those(s.of("moves"), how)]),
            how=how,
            base=base,
        )
        for how in ("new", "open")
        for suffix, base in (("", "cal"), ("_sla", "biz"))
    },
    **{f"arrivals_{day}": partial(_on, day=n) for n, day in enumerate(WEEKDAYS)},
    "after_hours": _after_hours,
    "weekly": _weekly,
    "hours_needed": _hours_needed,
    "created_before": lambda s: count(len(_before(s).of("created"))),
    "growth": _growth,
    "created": lambda s: count(len(s.of("created"))),
    "resolved": lambda s: count(len(s.of("resolved"))),
    "resolved_tickets": lambda s: count(len(numbers(s.of("resolved")))),
    "reopened": lambda s: count(len(s.of("reopened"))),
    "net_flow": lambda s: Figure(
        len(s.of("created")) + len(s.of("reopened")) - len(s.of("resolved")),
        len(s.of("created")) + len(s.of("reopened")) + len(s.of("resolved")),
    ),
    "answers": lambda s: count(len(s.of("answers"))),
    "messages_in": lambda s: count(len(those(s.of("asked"), "mail"))),
    "backlog": lambda s: count(len(_backlog(s, *WAITING))),
    "actionable": lambda s: count(len(_backlog(s, "new", "open"))),
    **{f"backlog_{name}": partial(_aged, low=a, high=b) for name, (a, b) in AGES.items()},
    "backlog_over_30d": partial(_aged, low=30, high=1 << 30),
    "backlog_age_p50": lambda s: Figure(quantile(_ages(s), 50), len(_ages(s))),
    "waiting_p50": lambda s: Figure(quantile(_waits(s), 50), len(_waits(s))),
    "waiting_max": lambda s: Figure(max(_waits(s), default=None), len(_waits(s))),
    "days_of_work": _days_of_work,
    "calls": lambda s: count(len(s.of("calls"))),
    "calls_missed": lambda s: count(len(_talks(s, "calls", direction="in", outcome="missed"))),
    "call_minutes": _call_minutes,
    "chat_messages": lambda s: count(sum(one.more["agent_lines"] for one in s.of("chats"))),
    "chats": lambda s: count(len(_talks(s, "chats", outcome="answered"))),
    "chats_missed": lambda s: count(len(_talks(s, "chats", direction="in", outcome="missed"))),
    "chat_pickup_avg": partial(_chat_lengths, since="started_at", until="picked_up_at"),
    "chat_avg": partial(_chat_lengths, since="picked_up_at", until="ended_at"),
    "calls_in": lambda s: count(len(_talks(s, "calls", direction="in"))),
    "calls_finished": lambda s: count(len(_talks(s, "calls", outcome="answered"))),
    "chats_in": lambda s: count(len(_talks(s, "chats", direction="in"))),
    "chats_finished": lambda s: count(len(_talks(s, "chats", outcome="answered"))),
    "csat": partial(_rated, part=("good",), whole=("good", "neutral", "bad")),
    "rating_response": lambda s: rate(len(_answered_survey(s, rated=True)), len(s.of("done"))),
    "not_rated": lambda s: count(len(_answered_survey(s, rated=False))),
    "not_rated_pct": lambda s: rate(len(_answered_survey(s, rated=False)), len(s.of("done"))),
    "rated_pos": lambda s: count(len(those(s.of("ratings"), "good"))),
    "rated_pos_pct": partial(_rated, part=("good",), whole=("good", "bad")),
    "rated_neutral": lambda s: count(len(those(s.of("ratings"), "neutral"))),
    "rated_neg": lambda s: count(len(those(s.of("ratings"), "bad"))),
    "rated_neg_pct": partial(_rated, part=("bad",), whole=("good", "bad")),
    "aht": lambda s: mean(_handled(s)),
    "aht_coverage": lambda s: rate(len(_handled(s)), len(s.of("done"))),
    "worked": partial(_seconds, kind="work"),
    **{
        f"worked_{source}": partial(lambda s, source: _seconds(s, "work", source), source=source)
        for source in ("manual", "timer", "editor", "call", "chat")
    },
}
