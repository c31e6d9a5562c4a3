"""Many calls or chats logged in one go: all of them or none, and each id once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import BadData, NotFound, Refused, UsageError
from tix.ops.change import Notice
from tix.ops.importing.problems import Problem
from tix.ops.tickets.speaking import Log, Talk, known
from tix.ops.transactions import repeated, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.desk import Desk
    from tix.ops.change import Change
    from tix.store.base import Transaction


def log_all(
    desk: Desk,
    command: str,
    label: str,
    read: Callable[[Transaction], Iterable[Talk | Problem]],
    *,
    tell: Callable[[str], None] = lambda line: None,
) -> Change:
    """Log all that *read* finds in a file, in the order of time; a known id is there already.

    *tell* gets a line for each bad one.

    Raises:
        BadData: One of them cannot be logged; nothing is changed.
    """
    with writing(desk, command, creates=True) as tx:
        before = repeated(desk, tx, command)
        if before:
            return known(desk, tx, command, before)
        found = list(read(tx))
        log = Log(desk, tx)
        problems = {place: one for place, one in enumerate(found) if isinstance(one, Problem)}
        talks = [(place, one) for place, one in enumerate(found) if isinstance(one, Talk)]
        for place, talk in sorted(talks, key=lambda pair: pair[1].session.at):
            try:
                log.add(talk)
            except (NotFound, Refused, UsageError) as error:
                problems[place] = Problem(talk.place, "", error.message)
        if problems:
            raise _refusal([problems[place] for place in sorted(problems)], len(found), tell)
        change = log.change(command)
        if not found:
            return change._replace(notices=(Notice("empty", f"{label} holds nothing to log"),))
        return change


def _refusal(problems: list[Problem], lines: int, tell: Callable[[str], None]) -> BadData:
    """Return the error that names what is wrong, all of it if there is more than one."""
    first, *rest = problems
    if not rest:
        return BadData(f"{first}; nothing was logged")
    for problem in problems:
        tell(str(problem))
    return BadData(f"{len(problems)} of {lines} lines cannot be logged, so nothing was: {first}")
