"""``tix doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.options import command, option
from tix.errors import ExitCode
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.store.doctor import Outcome, Problem
    from tix.store.doctor.machine import Versions
    from tix.table import Table


class Row(NamedTuple):
    """A problem, and what became of it: ``repaired``, ``left``, ``lost``, or None."""

    code: str
    place: str
    what: str
    remedy: str
    is_warning: bool
    outcome: str | None = None


@command(examples=("tix doctor", "tix doctor --repair", "tix doctor -q || echo 'look at the desk'"))
@option("--repair", is_flag=True, help="Repair what can be repaired.")
def doctor(call: Call, repair: bool) -> None:
    """Check the desk, and repair it."""
    from tix.cli.lists import show_list
    from tix.ops import doctoring
    from tix.store.doctor.machine import versions

    known = versions()
    if repair:
        _show_repair(call, doctoring.repair(call.desk), known)
        return
    problems = doctoring.examine(call.desk, known)
    is_healthy = all(problem.is_warning for problem in problems)
    rows = [_row(problem) for problem in problems]
    show_list(call, _table(rows, known, is_healthy=is_healthy))
    if not is_healthy:
        raise SystemExit(ExitCode.NO)


def _show_repair(call: Call, outcome: Outcome, known: Versions) -> None:
    from tix.cli.lists import show_list

    rows = [
        _row(problem, "left" if problem in outcome.left else "repaired")
        for problem in dict.fromkeys((*outcome.found, *outcome.left))
    ]
    rows += [Row("lost", "", what, "", False, "lost") for what in outcome.lost]
    is_healthy = all(problem.is_warning for problem in outcome.left)
    show_list(call, _table(rows, known, is_healthy=is_healthy, kept_in=outcome.kept_in))
    if outcome.lost or not is_healthy:
        raise SystemExit(ExitCode.DATA)
    if any(row.outcome == "repaired" for row in rows):
        raise SystemExit(ExitCode.NO)


def _row(problem: Problem, outcome: str | None = None) -> Row:
    return Row(*problem, problem.remedy, problem.is_warning, outcome)


def _table(rows: list[Row], known: Versions, *, is_healthy: bool, kept_in: str = "") -> Table[Row]:
    from tix.table import Column, Table

    columns = [
        Column[Row]("code", lambda row: row.code, style=_style),
        Column[Row]("place", lambda row: row.place),
        Column[Row]("what", lambda row: row.what, flexible=True),
    ]
    if any(row.outcome for row in rows):
        columns.append(Column("outcome", lambda row: row.outcome))
    else:
        columns.append(Column("repair", lambda row: row.remedy, flexible=True))
    healthy = f"the desk is healthy (time zones {known.time_zones}, SQLite {known.sqlite})"
    footer = healthy if is_healthy else "repair it with: tix doctor --repair"
    if kept_in:
        footer = f"{'healthy now' if is_healthy else 'not all could be repaired'}; "
        footer += f"what was replaced is in {kept_in}"
    return Table(
        name="problem_list",
        columns=columns,
        rows=rows,
        record=_record,
        ident=lambda row: row.code,
        items="problems",
        envelope={
            "healthy": is_healthy,
            "kept_in": kept_in or None,
            "time_zones": known.time_zones,
            "sqlite": known.sqlite,
            "full_text": known.has_full_text,
        },
        footer=footer if rows else "",
        empty=healthy,
    )


def _record(row: Row) -> dict[str, object]:
    return {
        "schema": "tix.problem/1",
        "code": row.code,
        "place": row.place,
        "what": row.what,
        "repair": row.remedy or None,
        "warning": row.is_warning,
        "outcome": row.outcome,
    }


def _style(row: Row) -> str | None:
    return "yellow" if row.is_warning or row.outcome == "repaired" else "red"
