"""Chats as chat tools tell of them: a transcript, or many sessions, as JSONL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.transcript import Said, transcript
from tix.domain.verbs.speaking import Chat
from tix.errors import BadData
from tix.ops.importing.identity import Ids
from tix.ops.importing.problems import Problem, Unusable
from tix.ops.importing.spoken.lines import Line, every, needed, party
from tix.ops.importing.spoken.together import log_all
from tix.ops.tickets.speaking import LOG_CHAT, Talk, log

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tix.desk import Desk
    from tix.ops.change import Change
    from tix.ops.importing.times import Times
    from tix.store.base import Transaction

LINE = {
    "at": "when it was written, such as 2026-11-24T17:00:00Z",
    "from": "customer, agent, or a name: those of agents are known",
    "text": "what was written",
}
"""The members of a line of a transcript, with what each tells."""

NAMES = {
    "id": "what the chat is called there; it is logged once",
    "lines": "the transcript: a list of objects with at, from and text",
    "started_at": "when it began, if there is no transcript",
    "ended_at": "when it ended",
    "picked_up_at": "when an agent wrote first; without it nobody did",
    "agent_lines": "how many lines agents wrote",
    "customer_lines": "how many lines the customer wrote",
    "from": "the customer who began it: a phone, an address or a number such as C-3",
    "to": "the customer with whom we began it",
    "direction": "in or out, if neither from, to nor the transcript tells",
    "ticket": "the number of its ticket; without one it opens one",
    "agent": "who of ours was there",
    "subject": "that of the ticket which it opens",
}
"""The members of a session, with what each tells."""
_COUNTED = ("started_at", "ended_at", "picked_up_at", "agent_lines", "customer_lines")


def log_transcript(
    desk: Desk, talk: Callable[[Chat, str | None], Talk], said: Sequence[Said], ticket: int | None
) -> Change:
    """Log the chat of a transcript; *talk* is given the chat, and the agent whom it names.

    Raises:
        UsageError, NotFound: A part of it means nothing on this desk.
        Refused: Nobody can write on this ticket any more.
    """

    def make(tx: Transaction) -> Talk:
        return talk(*transcript(said, _staff(desk, tx)))

    return log(desk, LOG_CHAT, ticket, make)


def log_chats(
    desk: Desk, content: bytes, label: str, *, tell: Callable[[str], None] = lambda line: None
) -> Change:
    """Log the sessions of a file, each id once.

    Raises:
        BadData: A line cannot be logged; nothing is changed, and *tell* gets what is wrong.
    """
    ids = Ids()

    def read(tx: Transaction) -> Iterator[Talk | Problem]:
        staff = _staff(desk, tx)

        def session(place: str, value: object, times: Times) -> Talk:
            return _talk(place, Line(value, NAMES, times), ids, staff)

        return every(content, label, desk.zone, session)

    return log_all(desk, LOG_CHAT, label, read, tell=tell)


def read_transcript(
    desk: Desk, content: bytes, label: str, *, tell: Callable[[str], None] = lambda line: None
) -> list[Said]:
    """Return the lines of a transcript.

    Raises:
        BadData: Some are bad, and *tell* gets what is wrong; or there is none.
    """

    def read(place: str, value: object, times: Times) -> Said:
        return _said(Line(value, LINE, times))

    found = list(every(content, label, desk.zone, read))
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        for problem in problems[1:] and problems:
            tell(str(problem))
        count = f"{len(problems)} of {len(found)} lines cannot be read: " if problems[1:] else ""
        raise BadData(f"{count}{problems[0]}; nothing was logged")
    if not found:
        raise BadData(f"{label} holds no line of a chat")
    return [one for one in found if isinstance(one, Said)]


def _talk(place: str, line: Line, ids: Ids, staff: Collection[str]) -> Talk:
    known = line.text("id")
    inbound, customer = party(line)
    chat, named = _session(line, staff, inbound=inbound is not False)
    return Talk(
        chat,
        ticket=line.count("ticket", 1),
        customer=customer,
        agent=line.text("agent") or named,
        subject=line.text("subject"),
        id=ids.given(known, place) if known else "",
        place=place,
    )


def _session(line: Line, staff: Collection[str], *, inbound: bool) -> tuple[Chat, str | None]:
    """Return the chat, and the agent whom its transcript names; that tells who began as well."""
    given = line.whole("lines")
    if given is None:
        return _counted(line, inbound=inbound), None
    for name in _COUNTED:
        if line.whole(name) is not None:
            raise Unusable(name, "the lines tell it already")
    if not isinstance(given, list) or not given:
        raise Unusable("lines", "it must be a list of objects")
    said = []
    for number, one in enumerate(given, 1):
        try:
            said.append(_said(line.within(one, LINE)))
        except Unusable as problem:
            raise Unusable(f"lines[{number}].{problem.field}".rstrip("."), problem.why) from None
    return transcript(said, staff)


def _counted(line: Line, *, inbound: bool) -> Chat:
    """Return a chat of which only times and counts are known.

    Raises:
        Unusable: They contradict each other.
    """
    start, end = (needed(name, line.moment(name)) for name in ("started_at", "ended_at"))
    met_at, count = line.moment("picked_up_at"), line.count("agent_lines")
    if not start <= (met_at or start) <= end:
        raise Unusable("ended_at" if met_at is None else "picked_up_at", "it is out of order")
    if count is not None and bool(count) != bool(met_at):
        raise Unusable("agent_lines", "agents wrote if it was picked up, and only then")
    lines = count if met_at else 0
    return Chat(start, end, inbound, met_at, lines, line.count("customer_lines"))


def _said(line: Line) -> Said:
    at, who, text = line.moment("at"), line.text("from"), line.text("text")
    return Said(needed("at", at), needed("from", who), needed("text", text))


def _staff(desk: Desk, tx: Transaction) -> frozenset[str]:
    """Return the names that are those of agents."""
    return frozenset((desk.user, *(agent.name for agent in tx.agents.all())))
