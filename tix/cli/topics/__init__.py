"""The topics of ``tix help``: each is a function of the call that returns its page.

What can be generated from a table of the program is, so that no page tells what is not so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.lazy import load

if TYPE_CHECKING:
    from tix.cli.call import Call


class Topic(NamedTuple):
    """A page before it is loaded."""

    target: str
    summary: str


TOPICS = {
    "query": Topic("tix.cli.topics.query:text", "Finding tickets: fields, values, states."),
    "dates": Topic("tix.cli.topics.dates:text", "Writing a date or a length of time."),
    "states": Topic("tix.cli.topics.states:text", "What a ticket can be, and become."),
    "output": Topic("tix.cli.topics.output:text", "Formats, columns and JSON for scripts."),
    "pipes": Topic("tix.cli.topics.pipes:text", "Tickets from one command into the next."),
    "cron": Topic("tix.cli.topics.cron:text", "Running tix without anybody there."),
    "exit-codes": Topic("tix.cli.topics.exit_codes:text", "How a command ends, in a number."),
    "environment": Topic("tix.cli.topics.environment:text", "Variables and files that tix reads."),
    "synonyms": Topic("tix.cli.topics.synonyms:text", "Other words for commands and fields."),
}


def page(name: str, call: Call) -> str:
    """Return the page of the topic *name*."""
    text: str = load(TOPICS[name].target)(call)
    return text
