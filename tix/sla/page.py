"""The help page of ``tix-sla``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.sla.options import ACT, CHECK, OPTIONS, TELL, WHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

SUMMARY = "Tell which promises are broken, or about to be."
EXAMPLES = (
    "tix-sla",
    "tix-sla --new --flag --every 5m",
    "tix-sla --within 4h prio:high.. --exit-zero",
    "tix-sla --format nagios",
)
ENDS = (
    ("0", "all is well; with --new: nothing that was not told"),
    ("1", "something is at risk"),
    ("2", "something is breached"),
    ("3", "it could not be checked: stderr says why"),
)
_WIDTH = 22


def text() -> str:
    """Return the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "Usage: tix-sla [OPTIONS] [QUERY...]"
    yield ""
    yield f"  {SUMMARY}"
    yield ""
    yield "  It prints nothing if all is well, a line for each late ticket if not, and"
    yield "  changes nothing unless it is told to. It may run every minute."
    for section in (CHECK, ACT, TELL, WHERE):
        yield ""
        yield f"{section}:"
        for option in OPTIONS:
            if option.section == section:
                yield _row(" ".join([*_shown(option.names), option.metavar]).strip(), option.help)
    yield ""
    yield "Exit codes:"
    for code, meaning in ENDS:
        yield f"  {code}  {meaning}"
    yield ""
    yield "Examples:"
    for example in EXAMPLES:
        yield f"  {example}"


def _shown(names: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of an option for the page, the short one first."""
    yield ", ".join(sorted(names, key=lambda name: name.startswith("--")))


def _row(left: str, right: str) -> str:
    gap = "" if len(left) <= _WIDTH else "\n" + " " * (_WIDTH + 2)
    return f"  {left:<{_WIDTH}}{gap}  {right}"
