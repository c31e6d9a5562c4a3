"""One check: what is due is done, what is late is told, and what was told is remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tix.domain.alert import Check, keys_of, marked
from tix.domain.sla.clock import State
from tix.output.sla import Report, render
from tix.record import Record, replace
from tix.sla.failure import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from tix.desk import Desk
    from tix.domain.alert import Item, Order
    from tix.domain.ticket import Ticket
    from tix.notify.targets import Target
    from tix.sla.options import Line
    from tix.store.checker import Turn

_STATES = {"at-risk": State.AT_RISK, "breached": State.BREACHED}
_SENT_AT_MOST = 2


class Outlet(Record):
    """Where a report goes: *write* to stdout, or to a file; nothing of a quiet one."""

    write: Callable[[str], None]
    fmt: str = "text"
    to: str | None = None
    quiet: bool = False

    def put(self, report: Report) -> None:
        """Write a report at once and whole."""
        if self.to is not None:
            from tix.sla.files import replace_file

            replace_file(self.to, render(report, self.fmt))
        elif not self.quiet and (text := render(report, self.fmt)):
            self.write(text)


def run(line: Line, environ: Mapping[str, str], write: Callable[[str], None]) -> int:
    """Make the check that *line* asks for and return the exit code that tells it.

    Raises:
        TixError: It could not be made.
    """
    desk = open_desk(line, environ)
    outlet = Outlet(write, line.format, line.to, line.quiet)
    if line.allow_missing and not desk.exists:
        return _put(outlet, Check(desk.clock()), line, _zone(desk))
    # At the default place a desk that is not there must not look like one without tickets.
    vars(desk)["store"] = desk.folder
    if not line.writes:
        return _put(outlet, _found(desk, line), line, desk.zone)
    from tix.store.checker import turn

    with turn(desk.location) as mine:
        if mine is None:
            return 0
        code = _checked(desk, line, Teller(desk, line, outlet, mine))
        mine.beat(desk.clock(), line.every)
    return code


def open_desk(line: Line, environ: Mapping[str, str]) -> Desk:
    """Return the desk that *line* and the environment name, by the time that they name."""
    from tix.config import load_config
    from tix.config.places import config_path, desk_path
    from tix.desk import Desk, fixed_clock, system_clock

    def warn(message: str) -> None:
        if not line.quiet:
            say(f"tix-sla: warning: {message}")

    config = load_config(environ, config_path(environ))
    waits = config.lock_timeout if line.lock_timeout is None else line.lock_timeout.total_seconds()
    flags = {"timezone": line.tz, "sla_tag": line.tag or None}
    config = config.with_flags(
        lock_timeout=min(waits, line.timeout.total_seconds()),
        **{name: value for name, value in flags.items() if value is not None},
    )
    for warning in config.warnings:
        warn(warning)
    location, is_default = desk_path(environ, line.db)
    now = line.now or environ.get("TIX_NOW")
    clock = fixed_clock(now) if now else system_clock
    return Desk(location, config, clock=clock, warn=warn, is_default=is_default)


def _checked(desk: Desk, line: Line, teller: Teller) -> int:
    """Change what is to be changed, then look, then tell."""
    kept = _kept_up(desk, line)
    if line.flag:
        from tix.ops.sla.flagging import flag

        flag(desk, line.words, line.clock, desk.config.sla_tag or "")
    if line.escalate:
        from tix.ops.sla.escalating import escalate

        for problem in escalate(desk, line.words, line.clock).problems:
            desk.warn(problem)
    found = _found(desk, line)
    code = teller.tell(replace(found, orders=found.orders if line.escalate else (), **kept))
    if desk.committed:
        from tix.sla.reach import tell_hooks

        tell_hooks(desk)
    return code


class Teller:
    """Tells what a check found; if it is news, the desk remembers that it was told.

    What two checkers had begun to tell, and did not come to the end of, is told no third time.
    """

    def __init__(self, desk: Desk, line: Line, outlet: Outlet, mine: Turn) -> None:
        self._desk = desk
        self._line = line
        self._outlet = outlet
        self._mine = mine
        self._targets = _targets(desk, line)
        self._begun = dict(mine.sending)

    def tell(self, found: Check) -> int:
        """Tell *found*, and return the exit code that tells it."""
        if not (self._line.new and found.items) and not found.orders:
            return _put(self._outlet, found, self._line, self._desk.zone)
        items = marked(found.items, self._begun)
        news = [item for item in items if not self._is_told(item)] if self._line.new else []
        orders = [one for one in found.orders if self._begun.get(one.key, 0) < _SENT_AT_MOST]
        keys = [key for item in items for key in keys_of(item)] if self._line.new else []
        self._mine.begin([*keys, *(order.key for order in found.orders)])
        shown = tuple(news if self._line.new else items)
        report = replace(found, items=shown, orders=tuple(orders))
        code = _put(self._outlet, report, self._line, self._desk.zone)
        self._finish(found, news, orders)
        return code

    def _finish(self, found: Check, news: Sequence[Item], orders: Sequence[Order]) -> None:
        """Send what is to be sent, and remember what need not be told again."""
        from tix.ops.sla.ledger import remember
        from tix.sla.reach import done, send_all

        sent = send_all(self._desk, self._targets, news)
        lost = frozenset(() if sent else (item.ticket.id for item in news))
        told = [item for item in found.items if item.ticket.id not in lost and self._line.new]
        finished = done(self._desk, self._targets, orders)
        finished += [order for order in found.orders if order not in orders]
        if told or finished:
            remember(self._desk, told, finished)
        self._mine.end()

    def _is_told(self, item: Item) -> bool:
        return all(self._begun.get(key, 0) >= _SENT_AT_MOST for key in keys_of(item))


def _found(desk: Desk, line: Line) -> Check:
    from tix.ops.sla.checking import Scope, check

    scope = Scope(line.clock, line.warn_before, line.new, line.remind_every)
    return check(desk, line.words, scope)


def _kept_up(desk: Desk, line: Line) -> dict[str, tuple[Ticket, ...]]:
    """Wake and close the tickets whose time has come; return both."""
    if not line.wake and line.close_after is None:
        return {}
    from tix.ops.sla.upkeep import Upkeep, close_quiet, wake

    kept = wake(desk) if line.wake else Upkeep()
    quiet = () if line.close_after is None else close_quiet(desk, line.close_after)
    return {"woken": kept.woken, "closed": (*kept.closed, *quiet)}


def _put(outlet: Outlet, found: Check, line: Line, zone: tzinfo) -> int:
    """Put out the report of *found* and return the exit code that tells it."""
    from tix import __version__

    wanted = _STATES.get(line.status)
    shown = tuple(item for item in found.items if wanted in (None, item.clock.state))
    report = Report(found, shown, zone, f"tix {__version__}")
    outlet.put(report)
    if line.heartbeat:
        from tix.codec import encode_time
        from tix.sla.files import replace_file

        replace_file(line.heartbeat, f"{encode_time(found.as_of)}\n")
    return 0 if line.exit_zero else report.exit


def _targets(desk: Desk, line: Line) -> list[Target]:
    texts = line.notify or tuple(filter(None, [desk.config.sla_notify]))
    if not texts or not (line.new or line.escalate):
        return []
    from tix.notify.targets import target

    return [target(text) for text in texts]


def _zone(desk: Desk) -> tzinfo:
    from tix.config import time_zone

    return time_zone(desk.config, None)
