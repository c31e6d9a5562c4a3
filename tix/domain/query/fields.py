"""What a ticket can be asked for: the one table behind filters, orders and groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tix.domain.people import Contact
from tix.domain.query.words import brief, quoted, shown
from tix.domain.status import REASONS, SUBSTATUSES, Status
from tix.domain.ticket import INVERSE_LINKS, LINKS, SCORES, Ticket
from tix.errors import UnknownField
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.domain.sla.clock import Clock

CUSTOM = "field."


class Seen(NamedTuple):
    """A ticket as a query looks at it: awake at *now*, with its requester.

    ``text`` gives the subject, the messages and the notes; it is called last, and only if a
    query searches in it. Without it the subject is all there is to search in. ``clocks``
    finds those of a ticket; without it no clock runs.
    """

    ticket: Ticket
    contact: Contact | None
    now: datetime
    text: Callable[[], str] | None = None
    clocks: Callable[[Ticket, datetime], tuple["Clock", ...]] = lambda _, __: ()

    @property
    def clock_states(self) -> tuple[str, ...]:
        """How the clocks stand that somebody has to see to, of the level and of promises."""
        found = self.clocks(self.ticket, self.now)
        if not found:
            return ()
        from tix.domain.sla.clock import pressing

        return tuple(clock.state.value for clock in pressing(self.ticket, found))


class Kind(Enum):
    """What values of a field find."""

    NAME = "the word itself"
    CHOICE = "one of a few words"
    SCALE = "a step of the scale, or a range of steps"
    TAGS = "a tag, or what tags begin with if it ends in a colon"
    TEXT = "a part of it"
    SEARCH = "a part of any message"
    PATH = "a path and all below it"
    CUSTOMER = "a number, an address, or a part of the name"
    NUMBER = "a number, or a range of numbers"
    ID = "a ticket, or a range of tickets"
    TIME = "a date, or a range of dates"
    SPAN = "a range of lengths of time"
    FLAG = "yes or no"
    LINK = "a kind of link, or the ticket it leads to"
    STATE = "what is so just now"


class Field(NamedTuple):
    """One field; ``get`` gives what it is on a ticket, None or empty if it has none."""

    name: str
    kind: Kind
    get: Callable[[Seen], Any]
    help: str
    choices: tuple[str, ...] = ()


def _of_contact(member: str) -> Callable[[Seen], Any]:
    return lambda seen: getattr(seen.contact, member, None)


def _customer(seen: Seen) -> Contact | None:
    number = seen.ticket.requester
    return seen.contact or (None if number is None else Contact(number))


def _age(seen: Seen) -> float:
    return (seen.now - seen.ticket.created_at).total_seconds()


def _waiting(seen: Seen) -> float | None:
    since = seen.ticket.waiting_since
    return None if since is None else (seen.now - since).total_seconds()


def _sla(seen: Seen) -> tuple[str, ...]:
    level = seen.ticket.sla
    if level is None:
        return ()
    from tix.domain.sla.clock import Own

    clocks = seen.clocks(seen.ticket, seen.now)
    going = (clock for clock in clocks if clock.is_open and clock.kind is not Own.PROMISE)
    return (level.level, *(clock.state.value for clock in going))


def _text(seen: Seen) -> str:
    return seen.text() if seen.text else seen.ticket.subject


_head = attrgetter
_STATUSES = tuple(status.value for status in Status)
_TIES = tuple(dict.fromkeys((*LINKS, *INVERSE_LINKS.values())))

_ALL = (
    Field("id", Kind.ID, _head("ticket.id"), "its number: 12, 5-9"),
    Field("status", Kind.CHOICE, _head("ticket.status"), "where it stands", _STATUSES),
    Field("substatus", Kind.CHOICE, _head("ticket.substatus"), "whom we wait for", SUBSTATUSES),
    Field("priority", Kind.SCALE, _head("ticket.priority"), "how much it matters"),
    Field("tag", Kind.TAGS, _head("ticket.tags"), "a tag of it; os: finds os:mac"),
    Field("assignee", Kind.NAME, _head("ticket.assignee"), "the agent: alice, @me, none"),
    Field("customer", Kind.CUSTOMER, _customer, "C-42, jo@x.com, @x.com or a part of the name"),
    Field("organisation", Kind.TEXT, _of_contact("organisation"), "the customer's organisation"),
    Field("group", Kind.NAME, _of_contact("group"), "the customer's group"),
    Field("plan", Kind.NAME, _of_contact("plan"), "the customer's plan"),
    Field("kind", Kind.NAME, _of_contact("kind"), "the kind of customer"),
    Field("vip", Kind.FLAG, _of_contact("vip"), "whether the customer is a VIP"),
    Field("dept", Kind.NAME, _head("ticket.department"), "the department"),
    Field("type", Kind.NAME, _head("ticket.type"), "what sort of ticket it is"),
    Field("category", Kind.PATH, _head("ticket.category"), "its topic; a finds a and a/b"),
    Field("channel", Kind.NAME, _head("ticket.channel"), "how it came"),
    Field("subject", Kind.TEXT, _head("ticket.subject"), "words of the subject"),
    Field("text", Kind.SEARCH, _text, "words of the subject or any message"),
    Field("created", Kind.TIME, _head("ticket.created_at"), "when it came"),
    Field("updated", Kind.TIME, _head("ticket.updated_at"), "when it last changed"),
    Field("due", Kind.TIME, _head("ticket.due_at"), "its own due date"),
    Field("sla", Kind.TAGS, _sla, "the level of service, or how a clock stands: gold, at_risk"),
    Field("snoozed", Kind.TIME, _head("ticket.snoozed_until"), "when it comes back"),
    Field("first_response", Kind.TIME, _head("ticket.first_response_at"), "when first answered"),
    Field("resolved", Kind.TIME, _head("ticket.resolved_at"), "when it was resolved"),
    Field("closed", Kind.TIME, _head("ticket.closed_at"), "when it was closed"),
    Field("trashed", Kind.TIME, _head("ticket.trashed_at"), "when it went to the trash"),
    Field("age", Kind.SPAN, _age, "how old it is"),
    Field("waiting", Kind.SPAN, _waiting, "how long the customer has waited for an answer"),
    Field("worked", Kind.SPAN, _head("ticket.worked"), "how much time was spent on it"),
    Field("rating", Kind.CHOICE, _head("ticket.rating"), "what the customer thinks of it", SCORES),
    Field("messages", Kind.NUMBER, _head("ticket.messages"), "messages of the customer"),
    Field("replies", Kind.NUMBER, _head("ticket.replies"), "replies to the customer"),
    Field("notes", Kind.NUMBER, _head("ticket.notes"), "notes among agents"),
    Field("attachments", Kind.NUMBER, _head("ticket.attachments"), "files that came with it"),
    Field("reopened", Kind.NUMBER, _head("ticket.reopened"), "how often it was opened again"),
    Field("tier", Kind.NUMBER, _head("ticket.tier"), "the level of support"),
    Field("reason", Kind.CHOICE, _head("ticket.reason"), "why it was resolved", REASONS),
    Field("merged", Kind.ID, _head("ticket.merged_into"), "the ticket it goes on in"),
    Field("link", Kind.LINK, _head("ticket.links"), "its ties: blocked-by, 12", _TIES),
    Field("outbound", Kind.FLAG, _head("ticket.outbound"), "whether we wrote first"),
    Field("secret", Kind.TAGS, _head("ticket.secrets"), "a secret on it: card, password; masked"),
    Field("is", Kind.STATE, lambda seen: seen, "a state: open, overdue, mine …"),
)
FIELDS = {field.name: field for field in _ALL}
SYNONYMS = {
    "agent": "assignee",
    "attachment": "attachments",
    "body": "text",
    "company": "organisation",
    "cust": "customer",
    "deadline": "due",
    "department": "dept",
    "number": "id",
    "opened": "created",
    "level": "sla",
    "org": "organisation",
    "organization": "organisation",
    "owner": "assignee",
    "policy": "sla",
    "postponed": "snoozed",
    "prio": "priority",
    "queue": "dept",
    "requester": "customer",
    "responsible": "assignee",
    "state": "status",
    "tags": "tag",
    "team": "dept",
    "title": "subject",
}
OPERATORS = ("has", "no", "query")


def known_field(name: str) -> Field | None:
    """Return the field of this name or synonym in any case, None if there is none.

    ``field.os`` is the desk's own field ``os``.
    """
    folded = name.casefold()
    if folded.startswith(CUSTOM) and len(folded) > len(CUSTOM):
        return _custom(name[len(CUSTOM) :])
    return FIELDS.get(SYNONYMS.get(folded, folded))


def field_named(name: str, word: str) -> Field:
    """Return the field of this name or synonym, which stands in *word*.

    Raises:
        UnknownField: There is none; the hint has the nearest.
    """
    found = known_field(name)
    if found:
        return found
    from tix.domain.nearest import nearest

    guess = nearest(name, [*FIELDS, *SYNONYMS, *OPERATORS])
    search = f"text:{quoted(brief(word))} to search for it"
    raise UnknownField(
        f"unknown field {shown(name)} in {shown(word)}",
        hint=f"Did you mean {guess!r}? (Use {search}.)"
        if guess
        else f"Use {search}; tix help query lists the fields.",
    )


def _custom(name: str) -> Field:
    return Field(CUSTOM + name, Kind.NAME, lambda seen: seen.ticket.fields.get(name), "its own")


def fold(text: str) -> str:
    """Return the form in which texts are compared: case and spelling of accents do not count."""
    if text.isascii():
        return text.casefold()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFD", text).casefold())
