"""The promises to a customer: when each was due, and whether it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.independent.hours import FOREVER, promised
from tests.reports.independent.thing import DONE, SOLVED, WAITING, Thing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.independent.story import Story


def tell_clocks(story: Story) -> None:
    """Let a clock run for the first answer, for each next one, and for the resolution."""
    if not story.ticket.head.get("sla"):
        return
    for kind in ("first", "next"):
        for turn in story.things[f"{kind}_begun"]:
            _tell(story, kind, turn, turn.more["whose"])
    resolution, whose = _resolution(story)
    _tell(story, "resolution", resolution, whose, _pauses(story, resolution.until))


def _resolution(story: Story) -> tuple[Thing, tuple[str, str]]:
    """Return from when until when the resolution was waited for, and who brought it."""
    start = min((asked.at for asked in story.things["asked"]), default=story.ticket.events[0].at)
    now = story.now
    found = Thing(story.ticket, start)
    if now.how in DONE:
        done = story.things["resolved"][-1]
        found.until, found.how = done.at, "answered" if done.how in SOLVED else done.how
        return found, (done.agent, done.department)
    if now.how not in WAITING:
        found.until, found.how = now.at, now.how
    return found, (now.agent, now.department)


def _pauses(story: Story, stop: int) -> list[tuple[int, int]]:
    """Return when the customer was waited for, or the ticket was resolved."""
    return [
        (stay.at, stay.until or FOREVER)
        for stay in story.things["stays"]
        if stay.how in DONE or (stay.how == "pending" and stay.more["on"] == "customer")
        if not stop or stay.at < stop
    ]


def _tell(
    story: Story,
    kind: str,
    run: Thing,
    whose: tuple[str, str],
    pauses: Sequence[tuple[int, int]] = (),
) -> None:
    """Add a clock that ran from the beginning to the end of *run*."""
    text = story.desk.targets[kind].get(story.ticket.field("priority"))
    if text is None:
        return
    end = run.until or story.desk.as_of
    due_at = promised(run.at, text, pauses, story.desk.zone)
    clock = Thing(story.ticket, due_at or 0, *whose, run.until)
    clock.more = {"kind": kind, "started": run.at}
    clock.how = "paused" if due_at is None else _state(due_at, run.until, end, run.how)
    if due_at is not None and clock.how == "breached":
        clock.cal, clock.biz = end - due_at, story.work(due_at, end)
    story.things["clocks"].append(clock)


def _state(due_at: int, stop: int, end: int, how: str) -> str:
    """Return how a clock stands that was due at an instant."""
    if stop and how in ("withdrawn", "trashed", "merged", "spam"):
        return "cancelled"
    if end > due_at:
        return "breached"
    if not stop:
        return "running"
    return "met" if how == "answered" else "cancelled"
