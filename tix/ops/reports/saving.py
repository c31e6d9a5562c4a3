"""Reports and alerts that the desk keeps under a name, as parts of its set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tix.domain.people import normal_name
from tix.domain.setup import SavedAlert, SavedReport
from tix.errors import NotFound, UsageError
from tix.ops.change import Altered, alter
from tix.ops.reports.asked import Asked, asked_kind, range_of
from tix.ops.transactions import reading
from tix.record import replace
from tix.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tix.desk import Desk
    from tix.ops.change import Change
    from tix.store.base import Transaction

    Kept = SavedReport | SavedAlert

K = TypeVar("K", SavedReport, SavedAlert)

REPORT, ALERT = "report", "alert"

_TABLES: Mapping[str, str] = {REPORT: "reports", ALERT: "alerts"}
_WITH_ARTICLE: Mapping[str, str] = {REPORT: "a report", ALERT: "an alert"}
_TAKEN = frozenset((*REPORTS, "show", "list", "define", "save", "rm", "recompute", "check"))


def save_report(desk: Desk, name: str, asked: Asked) -> Change:
    """Keep what is *asked* for under *name*; one of that name is replaced.

    Raises:
        UsageError: The name is that of a report or command, there is no such report or it
            has no such rows, or the words are no query.
        BadDate: A date cannot be read.
    """
    asked_kind(asked)
    report = SavedReport(
        saved_name(name, REPORT),
        asked.name,
        asked.words,
        asked.since,
        asked.until,
        asked.by,
        asked.group,
    )

    def work(tx: Transaction) -> Iterator[Altered]:
        _check_words(desk, tx, report.words)
        range_of(asked, desk.dates(tx.setup))
        yield _put(tx, REPORT, report)

    return alter(desk, "report save", work)


def save_alert(desk: Desk, name: str, when: str, words: Sequence[str] = ()) -> Change:
    """Keep the threshold *when* on the tickets of *words* under *name*; an old one is replaced.

    Raises:
        UsageError: It is no threshold, the words are no query, or the name is none.
    """
    from tix.reports.threshold import parse

    alert = SavedAlert(saved_name(name, ALERT), str(parse(when)), tuple(words))

    def work(tx: Transaction) -> Iterator[Altered]:
        _check_words(desk, tx, alert.words)
        yield _put(tx, ALERT, alert)

    return alter(desk, "alert save", work)


def drop(desk: Desk, noun: str, name: str) -> Change:
    """Forget the report or alert (*noun*) of this name.

    Raises:
        NotFound: There is none.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        found = find_saved(tx, noun, name)
        yield _put(tx, noun, found, keep=False)

    return alter(desk, f"{noun} rm", work)


@reading
def saved_reports(desk: Desk, tx: Transaction) -> Sequence[SavedReport]:
    """Return the saved reports, by name."""
    return tx.setup.reports


@reading
def saved_alerts(desk: Desk, tx: Transaction) -> Sequence[SavedAlert]:
    """Return the saved alerts, by name."""
    return tx.setup.alerts


def expanded(tx: Transaction, asked: Asked) -> Asked:
    """Return *asked*, or what is saved under its name with what *asked* says beside it.

    Words narrow further; what else is given stands in for what was saved.
    """
    found = next((one for one in tx.setup.reports if one.name == asked.name.casefold()), None)
    if found is None or asked.name in REPORTS:
        return asked
    return asked._replace(
        name=found.report,
        words=(*found.words, *asked.words),
        since=asked.since or found.since,
        until=asked.until or found.until,
        by=asked.by or found.by,
        group=asked.group or found.group,
    )


def saved_name(text: str, noun: str = REPORT) -> str:
    """Return the name under which a report or alert (*noun*) is kept: one word, in small letters.

    Raises:
        UsageError: It cannot be one, or names a report or a command.
    """
    name = normal_name(text, _WITH_ARTICLE[noun])
    if name in _TAKEN:
        raise UsageError(f"{name!r} is the name of a report or a command", hint="take another one")
    return name


def _put(tx: Transaction, noun: str, record: Kept, *, keep: bool = True) -> Altered:
    """Put *record* in the place of the one of its name, or take it away."""
    table = _TABLES[noun]
    known = {one.name: one for one in getattr(tx.setup, table)}
    before = known.pop(record.name, None)
    after = record if keep else None
    if before != after:
        if keep:
            known[record.name] = record
        rows = tuple(known[name] for name in sorted(known))
        tx.put_setup(replace(tx.setup, version=tx.setup.version + 1, **{table: rows}))
    return Altered(noun, record.name, before, after)


def find_saved(tx: Transaction, noun: str, name: str) -> Kept:
    """Return the report or alert (*noun*) that is kept under *name*.

    Raises:
        NotFound: There is none; the hint has the nearest.
    """
    known = {one.name: one for one in getattr(tx.setup, _TABLES[noun])}
    folded = name.strip().casefold()
    if folded in known:
        found: Kept = known[folded]
        return found
    from tix.domain.nearest import nearest

    guess = nearest(folded, known)
    hint = f"Did you mean {guess!r}?" if guess else f"tix {noun} save keeps one"
    raise NotFound(f"no saved {noun} {name[:60]!r}", hint=hint, ids=(name,))


def _check_words(desk: Desk, tx: Transaction, words: Sequence[str]) -> None:
    from tix.domain.query import parse
    from tix.ops.queries import context

    if words:
        parse(words, context(desk, tx))
