"""Reaching out: alerts to their targets, orders of a ladder to hooks and targets."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tix.output.as_json import encode
from tix.output.sla import alert_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tix.desk import Desk
    from tix.domain.alert import Item, Order
    from tix.notify.targets import Target

_OFF = "hooks are off; 'tix config set hooks true' allows them"


def send_all(desk: Desk, targets: Sequence[Target], items: Iterable[Item]) -> bool:
    """Send *items* to every target; return whether that went well. What did not is told."""
    lines = [f"{encode(alert_record(item))}\n" for item in items]
    return not lines or _sent(desk, targets, lines)


def done(desk: Desk, targets: Sequence[Target], orders: Iterable[Order]) -> list[Order]:
    """Do what steps of ladders want; return what was done. What was not is told."""
    return [order for order in orders if _is_done(desk, targets, order)]


def tell_hooks(desk: Desk) -> None:
    """Tell the user's hooks of the events that were committed, if they may be told."""
    if not desk.committed or desk.config.hooks != "true" or os.environ.get("TIX_NO_HOOKS"):
        return
    from tix.notify.hooks import Told, run_hooks
    from tix.ops.history import events_of
    from tix.output.tickets.records import event_record

    events = events_of(desk, desk.committed)
    told = (Told(event.kind, encode(event_record(event)) + "\n") for event in events)
    run_hooks(_hooks(desk), told, environment(desk), desk.warn)
    desk.committed = ()


def environment(desk: Desk) -> dict[str, str]:
    """Return the environment in which a program finds the same desk; its changes tell no hook."""
    return {**os.environ, "TIX_DB": os.path.abspath(desk.location), "TIX_HOOK": "1"}  # noqa: PTH100


def _is_done(desk: Desk, targets: Sequence[Target], order: Order) -> bool:
    line = f"{encode(alert_record(order.item, order.owed.text))}\n"
    if order.owed.verb == "notify":
        return _sent(desk, targets, [line])
    failure = _OFF
    name = f"on-{order.owed.text or 'escalated'}"
    if desk.config.hooks == "true":
        from tix.notify.hooks import run_hook

        failure = run_hook(_hooks(desk), name, line, environment(desk))
    if failure:
        desk.warn(f"hook {name} {failure}; it is tried again next time")
    return not failure


def _sent(desk: Desk, targets: Sequence[Target], lines: Sequence[str]) -> bool:
    from tix.notify.targets import send

    fine = True
    for target in targets:
        failure = send(target, lines, environment(desk))
        if failure:
            fine = False
            desk.warn(f"{target} {failure}; its alerts are sent again next time")
    return fine


def _hooks(desk: Desk) -> Path:
    from pathlib import Path

    return Path(desk.config.path or "/nowhere").with_name("hooks")
