"""The topics of ``tix help``: each is a function of the call that returns the sections of its page.

What can be generated from a table of the program is, so that no page tells what is not so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.lazy import load
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call
    from tix.cli.topics.layout import Section


class Topic(NamedTuple):
    """A page before it is loaded."""

    target: str
    summary: str


TOPICS = {
    "query": Topic("tix.cli.topics.query:sections", "Finding tickets: fields, values, states."),
    "dates": Topic("tix.cli.topics.dates:sections", "Writing a date or a length of time."),
    "states": Topic("tix.cli.topics.states:sections", "What a ticket can be, and become."),
    "output": Topic("tix.cli.topics.output:sections", "Formats, columns and JSON for scripts."),
    "pipes": Topic("tix.cli.topics.pipes:sections", "Tickets from one command into the next."),
    "calls": Topic("tix.cli.topics.calls:sections", "Calls and chats from other programs."),
    "reports": Topic(
        "tix.cli.topics.reports:sections", "What reports there are, and how to read them."
    ),
    "cron": Topic("tix.cli.topics.cron:sections", "Running tix without anybody there."),
    "exit-codes": Topic("tix.cli.topics.exit_codes:sections", "How a command ends, in a number."),
    "environment": Topic(
        "tix.cli.topics.environment:sections", "Variables and files that tix reads."
    ),
    "synonyms": Topic("tix.cli.topics.synonyms:sections", "Other words for commands and fields."),
}


def page(name: str, call: Call) -> Sequence[Section]:
    """Return the page of the topic *name*."""
    sections: Sequence[Section] = load(TOPICS[name].target)(call)
    return sections
