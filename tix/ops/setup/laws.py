"""What must hold between the tables of a set-up, and between a set-up and the tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.query import EVERYTHING_UNSETTLED, parse, sort_rows
from tix.errors import NotFound, Refused, TixError
from tix.ops.queries import context
from tix.ops.setup.agreements import of_calendars, of_levels, of_policy
from tix.ops.setup.problems import Problem
from tix.ops.setup.sheets import ordered
from tix.ops.setup.tables import DESK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tix.desk import Desk
    from tix.domain.query import Context
    from tix.ops.setup.sheets import Sheets
    from tix.store.base import Transaction

_NAMED = 5


def broken(desk: Desk, tx: Transaction, sheets: Sheets) -> list[Problem]:
    """Return what does not fit together in a set-up."""
    meant = _context(desk, tx, sheets)
    return [
        *_of_priorities(sheets),
        *_of_fields(sheets),
        *_of_departments(sheets),
        *_of_addresses(sheets),
        *_of_queries(sheets, meant),
        *_of_words(sheets, meant),
        *of_calendars(sheets, lambda: desk.home(tx.setup)),
        *of_levels(sheets),
        *of_policy(sheets, meant),
    ]


def check_use(tx: Transaction, before: Sheets, after: Sheets) -> None:
    """Refuse to take away what tickets need that are not settled.

    Raises:
        Refused: All that is needed is named, with the tickets.
    """
    gone = {
        "priority": _gone(before["priorities"], after["priorities"]),
        "type": set(before[DESK][""].types) - set(after[DESK][""].types),
        "department": _gone(before["departments"], after["departments"]),
        "assignee": _leaving(before["agents"], after["agents"]),
    }
    found = tx.find(EVERYTHING_UNSETTLED) if any(gone.values()) else []
    users: dict[tuple[str, str], list[int]] = {}
    for row in found:
        for member, names in gone.items():
            value = getattr(row.ticket, member)
            if value in names and (row.ticket.is_open or member != "assignee"):
                users.setdefault((member, value), []).append(row.ticket.id)
    if users:
        raise Refused(
            "; ".join(_needed(*key, numbers) for key, numbers in sorted(users.items())),
            hint="change these tickets first; nothing was changed",
            ids=tuple(sorted({number for numbers in users.values() for number in numbers})),
        )


def _of_priorities(sheets: Sheets) -> Iterator[Problem]:
    priorities, default = sheets["priorities"], sheets[DESK][""].default_priority
    if not priorities:
        yield Problem(("priorities",), "there must be one at least")
    elif default not in priorities:
        hint = f"There are {', '.join(one.name for one in ordered(priorities))}."
        yield Problem((DESK, "default_priority"), f"there is no priority {default!r}", hint)
    weights: dict[int, str] = {}
    for one in ordered(priorities):
        other = weights.setdefault(one.weight, one.name)
        if other != one.name:
            yield Problem(("priorities", one.name, "weight"), f"{other} has the same")


def _of_fields(sheets: Sheets) -> Iterator[Problem]:
    for field in sheets["fields"].values():
        path = ("fields", field.name, "choices")
        if field.kind == "choice" and not field.choices:
            yield Problem(path[:2], "choices are missing", 'Such as choices = ["a", "b"]')
        elif field.kind != "choice" and field.choices:
            yield Problem(path, f"a {field.kind} has none", 'Only kind = "choice" has.')


def _of_departments(sheets: Sheets) -> Iterator[Problem]:
    for agent in sheets["agents"].values():
        for name in agent.departments:
            if name not in sheets["departments"]:
                path = ("agents", agent.name, "departments")
                yield Problem(path, f"there is no department {name!r}")


def _of_addresses(sheets: Sheets) -> Iterator[Problem]:
    for table in ("departments", "agents"):
        owners: dict[str, str] = {}
        for one in ordered(sheets[table]):
            owner = owners.setdefault(one.address, one.name) if one.address else one.name
            if owner != one.name:
                yield Problem((table, one.name, "email"), f"{one.address} belongs to {owner}")


def _of_queries(sheets: Sheets, meant: Context) -> Iterator[Problem]:
    for query in sheets["queries"].values():
        try:
            parse([f"query:{query.name}"], meant)
        except TixError as error:
            yield Problem(("queries", query.name, "query"), error.message, error.hint)
        try:
            sort_rows([], query.sort or "id", meant.scale)
        except TixError as error:
            yield Problem(("queries", query.name, "sort"), error.message, error.hint)


def _of_words(sheets: Sheets, meant: Context) -> Iterator[Problem]:
    """Yield what is wrong with the queries of saved reports and alerts."""
    for table in ("reports", "alerts"):
        for one in sheets[table].values():
            try:
                parse(one.words, meant)
            except TixError as error:
                yield Problem((table, one.name, "query"), error.message, error.hint)


def _context(desk: Desk, tx: Transaction, sheets: Sheets) -> Context:
    """Return what words of a query would mean with this set-up."""

    def load(name: str) -> Sequence[str]:
        if name.casefold() not in sheets["queries"]:
            raise NotFound(f"no saved query {name[:60]!r}")
        words: tuple[str, ...] = sheets["queries"][name.casefold()].words
        return words

    def known(field: str) -> Sequence[str] | None:
        if field == "assignee":
            return [desk.user, *sheets["agents"]] if sheets["agents"] else None
        if field == "dept":
            return [*sheets["departments"]]
        return sheets[DESK][""].types if field == "type" else None

    scale = tuple(one.name for one in ordered(sheets["priorities"]))
    return context(desk, tx)._replace(scale=scale, load=load, known=known)


def _gone(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return set(before) - set(after)


def _leaving(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Return the agents who get no more tickets, and did."""
    here = {name for name, agent in after.items() if not agent.retired}
    return {name for name, agent in before.items() if not agent.retired} - here


def _needed(member: str, name: str, numbers: Sequence[int]) -> str:
    more = ", ..." if len(numbers) > _NAMED else ""
    named = ", ".join(map(str, numbers[:_NAMED])) + more
    tickets = f"ticket{'s' if len(numbers) > 1 else ''} {named}"
    if member == "assignee":
        return f"agent {name} has open {tickets}"
    return f"{member} {name!r} is left out and needed by {tickets}"
