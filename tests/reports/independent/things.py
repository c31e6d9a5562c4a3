"""What happened on a desk: the things of every ticket, by their kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reports.independent.promises import tell_clocks
from tests.reports.independent.solving import tell_resolutions, tell_ticket
from tests.reports.independent.story import Story

if TYPE_CHECKING:
    from tests.reports.independent.history import Desk
    from tests.reports.independent.thing import Thing

SAID = ("asked", "answers")


def tell(desk: Desk) -> dict[str, list[Thing]]:
    """Return the things of all tickets, by their kind; of those that reports leave out, none."""
    found: dict[str, list[Thing]] = defaultdict(list)
    for ticket in desk.tickets:
        story = Story(ticket, desk)
        tell_resolutions(story)
        tell_clocks(story)
        tell_ticket(story)
        if why := left_out(story):
            found[f"out:{why}"].append(story.things["tickets"][0])
            continue
        for kind, things in story.things.items():
            found[kind] += [thing for thing in things if not (kind in SAID and is_copy(thing))]
    return found


def is_copy(said: Thing) -> bool:
    """Return whether it was split off from another ticket, where it counts."""
    return isinstance(said.more.get("source"), dict)


def left_out(story: Story) -> str:
    """Return why reports leave a ticket out, empty if they do not."""
    status = story.now.how
    if status in ("spam", "merged", "trash"):
        return "trashed" if status == "trash" else status
    if not story.things["asked"] and story.ticket.head.get("outbound"):
        return "outbound"
    return ""
