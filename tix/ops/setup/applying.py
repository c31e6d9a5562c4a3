"""Making a document the desk's set-up: in one operation, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.query import TicketQuery
from tix.errors import Conflict
from tix.ops.change import Altered, Change, alter
from tix.ops.setup.laws import broken, check_use
from tix.ops.setup.problems import SetupInvalid, located
from tix.ops.setup.reading import NOWHERE, read
from tix.ops.setup.sheets import VERSIONED, Sheets, numbered, put_sheets, row, sheets_of
from tix.ops.setup.tables import TABLES
from tix.ops.setup.versions import COUNTER
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk
    from tix.ops.setup.reading import Document, Sources
    from tix.store.base import Transaction


class Plan(NamedTuple):
    """A set-up, and what a document makes of it."""

    before: Sheets
    after: Sheets


def apply(desk: Desk, text: str, name: str, sources: Sources = NOWHERE) -> Change:
    """Make what the document *text*, from the file *name*, says the set-up of the desk.

    Raises:
        SetupInvalid: It cannot be; all that is wrong is told.
        Conflict: The desk was set up anew since the version that the document was made from.
        Refused: Something that is left out is needed by tickets.
    """
    document = read(text, name, sources)

    def work(tx: Transaction) -> Iterator[Altered]:
        plan = planned(desk, tx, document)
        if plan.before != plan.after:
            _check_version(desk, tx, document)
            check_use(tx, plan.before, plan.after)
        yield from put_sheets(tx, plan.after)

    return alter(desk, "setup apply", work)


def planned(desk: Desk, tx: Transaction, document: Document) -> Plan:
    """Return what *document* makes of the set-up of a desk.

    Raises:
        SetupInvalid: It cannot be used.
    """
    before = sheets_of(tx)
    after = {**before, **{name: _kept(before, document, name) for name in document.sheets}}
    if "agents" in document.sheets:
        after["agents"] = {**_left_out(tx, before, after), **after["agents"]}
    after |= {name: numbered(tx, name, before[name], after[name]) for name in VERSIONED}
    told = [problem.path[:2] for problem in document.problems]
    known = broken(desk, tx, before)
    new = [p for p in broken(desk, tx, after) if p not in known and p.path[:2] not in told]
    if problems := [*document.problems, *new]:
        raise SetupInvalid(document.name, located(document.text, problems))
    return Plan(before, after)


def _kept(before: Sheets, document: Document, name: str) -> dict[str, Any]:
    """Return the records of a table; one that says what the desk has is the desk's own."""
    (table,) = (table for table in TABLES if table.name == name)
    records = dict(document.sheets[name])
    for one, record in records.items():
        here = before[name].get(one)
        if here is not None and row(table, here) == row(table, record):
            records[one] = here
    return records


def _left_out(tx: Transaction, before: Sheets, after: Sheets) -> dict[str, Any]:
    """Return the agents who are not in the document and cannot go, for they had tickets."""
    missing = {name: a for name, a in before["agents"].items() if name not in after["agents"]}
    found = tx.find(TicketQuery()) if missing else []
    needed = missing.keys() & {row.ticket.assignee for row in found}
    return {name: _retired(missing[name], after) for name in sorted(needed)}


def _retired(agent: Any, after: Sheets) -> Any:
    departments = tuple(name for name in agent.departments if name in after["departments"])
    return replace(agent, retired=True, departments=departments)


def _check_version(desk: Desk, tx: Transaction, document: Document) -> None:
    here, if_rev = tx.last_number(COUNTER), desk.intent.if_rev
    if if_rev not in (None, here):
        raise Conflict(f"the set-up is at version {here}, not {if_rev}", hint="tix setup log")
    if document.version not in (None, here):
        raise Conflict(
            f"the set-up is at version {here}, and {document.name} was made from "
            f"version {document.version}",
            hint=f"tix setup diff {_typed(document.name)} shows what it would do; "
            "without its version line it is taken all the same",
        )


def _typed(name: str) -> str:
    """Return what is typed to name a document, which stdin is not."""
    return "-" if name == "stdin" else name
