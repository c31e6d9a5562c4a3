"""The story of one ticket: its things, taken from its history event by event."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tests.reports.independent.hours import instant, working
from tests.reports.independent.thing import (
    DONE,
    WAITING,
    Thing,
    asks,
    cause,
    is_answer,
    is_message,
)

if TYPE_CHECKING:
    from tests.reports.independent.history import Desk, Event, Ticket


class Story:
    """The things of one ticket, by their kind, in ``things``."""

    def __init__(self, ticket: Ticket, desk: Desk) -> None:
        self.ticket = ticket
        self.desk = desk
        self.things: dict[str, list[Thing]] = defaultdict(list)
        self._tell_stays()
        self._tell_flow()
        self._tell_words()
        self._tell_turns()
        self._tell_ratings()

    def _tell_stays(self) -> None:
        """Cut the life of the ticket where its status, agent or department changed."""
        fields: dict[str, Any] = {"status": "new"}
        former: tuple[Any, ...] | None = None
        for event in [*self.ticket.events, None]:
            wakes_at = fields.get("snoozed_until")
            if wakes_at and instant(wakes_at) <= (event.at if event else self.desk.as_of):
                status = fields.get("before") or "open"
                fields |= {"status": status, "substatus": None, "snoozed_until": None}
                former = self._stand(instant(wakes_at), fields, former)
            if event:
                fields |= {name: after for name, (_, after) in event.changes.items()}
                former = self._stand(event.at, fields, former)

    def _stand(
        self, at: int, fields: dict[str, Any], former: tuple[Any, ...] | None
    ) -> tuple[Any, ...]:
        status = "trash" if fields.get("trashed_at") else fields.get("status", "new")
        on = (fields.get("substatus") or "customer") if status == "pending" else ""
        now = (status, on, fields.get("assignee") or "", fields.get("department") or "")
        if now != former:
            stays = self.things["stays"]
            if stays:
                stays[-1].until = at
            stays.append(Thing(self.ticket, at, now[2], now[3], how=status, more={"on": on}))
        return now

    def _at(self, at: int) -> Thing:
        """Return how the ticket stood after all that happened at *at*."""
        return [stay for stay in self.things["stays"] if stay.at <= at][-1]

    def _by(self, event: Event) -> tuple[str, str]:
        """Return who did it, else whose ticket it was, and the department then."""
        stay = self._at(event.at)
        return event.agent or stay.agent, stay.department

    @property
    def now(self) -> Thing:
        return self.things["stays"][-1]

    def _tell_flow(self) -> None:
        opened, *later = self.ticket.events
        self._add("created", opened)
        was = self.things["stays"][0].how
        since = opened.at
        left: set[str] = set()
        for event in later:
            now = self._at(event.at)
            self._tell_move(event, was, now.how, since)
            if now.how != was:
                was, since = now.how, event.at
            if "department" in event.changes:
                before, after = event.changes["department"]
                left.add(before)
                self._add("transfers", event, before=before, back=after in left)
            if event.kind == "escalated":
                rule = event.by.startswith("rule:")
                ladder = "sla" in event.data or event.by == "system"
                self._add(
                    "escalations", event, how="rule" if rule else "sla" if ladder else "manual"
                )

    def _tell_move(self, event: Event, was: str, now: str, since: int) -> None:
        if now in DONE and was not in DONE:
            self._add("resolved", event, how=event.changes["reason"][1])
        if was in DONE and now in WAITING:
            self._add("reopened", event, how=cause(event))
        is_copy = isinstance(event.data.get("source"), dict)
        if now == "answered" and was in ("new", "open") and not is_copy:
            self._add("moves", event, how=was, cal=event.at - since, biz=self.work(since, event.at))

    def _add(self, kind: str, event: Event, how: str = "", **more: Any) -> None:
        agent, department = self._by(event)
        lengths = {name: more.pop(name) for name in ("cal", "biz") if name in more}
        self.things[kind].append(
            Thing(self.ticket, event.at, agent, department, how=how, more=more, **lengths)
        )

    def work(self, since: int, until: int) -> int:
        return working(since, until, self.desk.zone)

    def _tell_words(self) -> None:
        for event in self.ticket.events:
            talk = event.kind in ("called", "chatted")
            came_in = talk and event.data["direction"] == "in"
            if is_message(event) or came_in:
                began = instant(event.data["started_at"]) if event.kind == "chatted" else event.at
                self._say("asked", event, at=began, how="talk" if talk else "mail", agent="")
            if is_answer(event):
                self._say("answers", event)
            if event.kind == "called":
                self._say("calls", event)
            if event.kind == "chatted":
                self._say("chats", event, at=instant(event.data["started_at"]))
            if event.kind == "worked":
                self._say("work", event, how=event.data["source"])

    def _say(
        self,
        kind: str,
        event: Event,
        at: int = 0,
        how: str = "",
        agent: str | None = None,
    ) -> None:
        """Add what somebody said; what a customer said goes to whose ticket it is now."""
        who = event.agent if agent is None else self.now.agent
        department = self._at(event.at).department
        thing = Thing(self.ticket, at or event.at, who, department, how=how, more=dict(event.data))
        self.things[kind].append(thing)

    def _tell_turns(self) -> None:
        """Open a turn with what nobody has answered, and close it with what ends that."""
        opened_at, answered = 0, False
        for event in self.ticket.events:
            if asks(event) and not opened_at:
                opened_at = event.at
            how = self._ending(event, first=not answered)
            if opened_at and how:
                self._turn(opened_at, event, how, first=not answered)
                opened_at = 0
            answered = answered or is_answer(event)
        if opened_at:
            self._turn(opened_at, None, "", first=not answered)

    def _ending(self, event: Event, *, first: bool) -> str:
        """Return how *event* ends a turn, empty if it does not."""
        if is_answer(event):
            return "answered"
        status = self._at(event.at).how
        if status in DONE:
            return "resolved-unanswered" if first else "resolved"
        return status if status in ("spam", "merged", "trash") else ""

    def _turn(self, opened_at: int, event: Event | None, how: str, *, first: bool) -> None:
        now = self.now
        agent, department = (now.agent, now.department)
        cal = biz = until = 0
        if event:
            until = event.at
            cal, biz = until - opened_at, self.work(opened_at, until)
            if event.agent:
                agent, department = self._by(event)
        kind = "first" if first else "next"
        ended = Thing(self.ticket, until, agent, department, 0, how, cal, biz)
        whose = (now.agent, now.department) if first else (agent, department)
        begun = Thing(self.ticket, opened_at, *whose, until, how, cal, biz)
        begun.more = {"whose": (agent, department)}
        if event:
            self.things[f"{kind}_ended"].append(ended)
        self.things[f"{kind}_begun"].append(begun)

    def _tell_ratings(self) -> None:
        ratings: list[Thing] = []
        for event in self.ticket.events:
            if event.kind == "rated":
                whose = event.data.get("agent") or "", event.data.get("department") or ""
                ratings.append(Thing(self.ticket, event.at, *whose, how=event.data["score"]))
            if event.kind == "rating_withdrawn":
                ratings = [one for one in ratings if one.at != instant(event.data["rated_at"])]
        self.things["ratings"] = ratings[-1:]  # the last one counts
