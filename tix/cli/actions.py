"""What a key of ``tix triage`` does to the ticket at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tix.cli.ask import ask_line
from tix.cli.call import Call
from tix.ops.change import Change
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Action(NamedTuple):
    """*run* returns the change, or None if the user has cancelled.

    *word* is shown at the key and *done* in the summary. An action that *goes_on* leaves the
    ticket. A *quick* one is meant for the ticket as it was shown, and for no later one.
    """

    word: str
    done: str
    run: Callable[[Call, int], Change | None]
    goes_on: bool = False
    is_quick: bool = True


def _reply(call: Call, number: int) -> Change:
    from tix.cli.reply import Reply, write_reply

    return write_reply(call, number, Reply())


def _note(call: Call, number: int) -> Change:
    from tix.cli.note import write_note

    return write_note(call, [number])


def _assign(call: Call, number: int) -> Change | None:
    from tix.ops.tickets import filing

    name = ask_line("to whom (a name, @me or none)? ")
    if not name:
        return None
    return filing.assign(call.desk, [number], None if name == "none" else name)


def _prioritize(call: Call, number: int) -> Change | None:
    from tix.ops.tickets import filing
    from tix.ops.tickets.reads import show

    scale: Sequence[str] = show(call.desk, ())[1].scale
    level = ask_line(f"which priority ({', '.join(scale)}, up or down)? ")
    return filing.prioritize(call.desk, [number], level.casefold()) if level else None


def _tag(call: Call, number: int) -> Change | None:
    from tix.domain.verbs import checked_tags
    from tix.ops.tickets import filing

    names = ask_line("which tags to add (a,b)? ")
    return filing.tag(call.desk, [number], checked_tags(names)) if names else None


def _snooze(call: Call, number: int) -> Change | None:
    from tix.ops.tickets import moves

    text = ask_line("until when (tomorrow, mon 9:00, 2d)? ")
    return moves.snooze(call.desk, [number], call.moment(text)) if text else None


def _resolve(call: Call, number: int) -> Change:
    from tix.ops.tickets import moves

    return moves.resolve(call.desk, [number])


def _merge(call: Call, number: int) -> Change | None:
    from tix.cli.refs import one_ticket
    from tix.ops.tickets import joining

    text = ask_line("into which ticket? ")
    return joining.merge(call.desk, [number], one_ticket(call, text)) if text else None


ACTIONS = {
    "r": Action("reply", "replied", _reply, goes_on=True, is_quick=False),
    "n": Action("note", "noted", _note, is_quick=False),
    "a": Action("assign", "assigned", _assign),
    "p": Action("priority", "prioritized", _prioritize),
    "t": Action("tag", "tagged", _tag),
    "s": Action("snooze", "snoozed", _snooze, goes_on=True),
    "d": Action("done", "resolved", _resolve, goes_on=True),
    "m": Action("merge", "merged", _merge, goes_on=True),
}
