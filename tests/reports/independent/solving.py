"""How long the resolution of a ticket took, what the time was spent on, and whether it lasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.independent.thing import DONE, PARTS, WAITING, Thing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.independent.story import Story

FIVE_MINUTES, WEEK = 300, 7 * 86_400


def tell_resolutions(story: Story) -> None:
    """Measure each stretch from creation or reopening to a resolution, by what it was."""
    asked = [thing.at for thing in story.things["asked"]]
    start = min(asked, default=story.ticket.events[0].at)
    cycles = story.things["cycles"]
    reopened = [thing.at for thing in story.things["reopened"]]
    for done in story.things["resolved"]:
        if cycles:
            start = max(at for at in reopened if at <= done.at)
        cycle = _stretch(story, start, done)
        cycles.append(cycle)


def _stretch(story: Story, start: int, done: Thing) -> Thing:
    parts = dict.fromkeys([f"{part}_{base}" for part in PARTS for base in ("cal", "biz")], 0)
    paused = 0
    for stay in story.things["stays"]:
        since, until = max(stay.at, start), min(stay.until or done.at, done.at)
        if since >= until:
            continue
        part = _part(stay)
        parts[f"{part}_cal"] += until - since
        parts[f"{part}_biz"] += story.work(since, until)
        if stay.how == "pending" and stay.more["on"] == "customer":
            paused += story.work(since, until)
    biz = story.work(start, done.at)
    found = Thing(story.ticket, done.at, done.agent, done.department, how=done.how, more=parts)
    found.cal, found.biz, found.net = done.at - start, biz, biz - paused
    return found


def tell_ticket(story: Story) -> None:
    """Add what is told of the ticket as a whole, which belongs to whose it is now."""
    now, resolved = story.now, story.things["resolved"]
    created_at = story.ticket.events[0].at
    whole = Thing(story.ticket, created_at, now.agent, now.department)
    done = now.how in DONE
    whole.until = resolved[-1].at if done else 0
    whole.more = {
        "first_resolved": resolved[0].at if resolved else 0,
        "asked": min((thing.at for thing in story.things["asked"]), default=0),
        "is_over": done or now.how not in WAITING,
        "worked": sum(thing.more["seconds"] for thing in story.things["work"]),
        "is_rated": bool(story.things["ratings"]),
        "returned": _returned(story, story.things["resolved"]),
        "returned_first": _returned(story, story.things["resolved"][:1]),
        "one_answer": _is_one_answer(story),
    }
    story.things["tickets"].append(whole)
    course = Thing(story.ticket, created_at, now.agent, now.department, whole.until)
    if done:
        last = _done(story, whole, resolved[-1], story.things["cycles"])
        course.how, course.cal, course.biz = last.how, last.cal, last.biz
        story.things["done"].append(last)
    story.things["whole"].append(course)
    if resolved:
        first = _done(story, whole, resolved[0], story.things["cycles"][:1])
        story.things["first_done"].append(first)


def _done(story: Story, whole: Thing, resolution: Thing, cycles: Sequence[Thing]) -> Thing:
    found = Thing(story.ticket, resolution.at, whole.agent, whole.department)
    found.how = resolution.how
    found.cal, found.biz, found.net = (
        sum(getattr(cycle, base) for cycle in cycles) for base in ("cal", "biz", "net")
    )
    parts = {name: sum(cycle.more[name] for cycle in cycles) for name in cycles[0].more}
    found.more = {**whole.more, **parts}
    return found


def _returned(story: Story, resolutions: Sequence[Thing]) -> bool:
    again = [thing.at for thing in story.things["reopened"]]
    return any(0 <= at - done.at <= WEEK for done in resolutions for at in again)


def _is_one_answer(story: Story) -> bool:
    """Return whether one answer, and nothing behind it, led to the first resolution."""
    if not story.things["resolved"]:
        return False
    end = story.things["resolved"][0].at
    asked = [thing.at for thing in story.things["asked"] if thing.at <= end]
    answers = [thing for thing in story.things["answers"] if thing.at <= end]
    if not asked or not answers:
        return False
    first, last = answers[0], answers[-1]
    one = all(
        answer.agent == first.agent and answer.at - first.at <= FIVE_MINUTES for answer in answers
    )
    return one and not any(first.at < at for at in asked) and last.at <= end


def _part(stay: Thing) -> str:
    if stay.how in ("new", "open"):
        return "work"
    if stay.how == "postponed":
        return "postponed"
    return "third" if stay.how == "pending" and stay.more["on"] == "third-party" else "customer"
