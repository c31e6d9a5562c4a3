"""One call of tix: its global options, its desk, and its way to the user."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tix.cli.failure import say, warn
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tix.cli.drafts import Draft
    from tix.config import Config
    from tix.desk import Desk
    from tix.domain.phrase import Lean
    from tix.output import View
    from tix.table import Card, Column, R, Table


class Call:
    """What a command gets: ``desk`` to work on, ``show`` for data, ``say`` for the person."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.stdin_is_taken = False
        self.stdin_text = ""
        self.piped: dict[str, bytes] = {}  # what was in pipes, which can be read once
        self.is_repeating = False  # what was read of stdin stands for it again
        self.drafts: list[Draft] = []

    @cached_property
    def config(self) -> Config:
        """The preferences; flags stand above environment and file."""
        from tix.config import load_config
        from tix.config.places import config_path

        flags = {
            "me": self.given.get("actor"),
            "timezone": self.given.get("tz"),
            "color": self.given.get("color"),
            "pager": "" if self.given.get("no_pager") else None,
            "lock_timeout": self.given.get("lock_timeout"),
        }
        config = load_config(os.environ, config_path(os.environ)).with_flags(
            **{name: value for name, value in flags.items() if value is not None}
        )
        for warning in config.warnings:
            self.warn(warning)
        return config

    @cached_property
    def desk(self) -> Desk:
        """The desk; nothing is opened yet."""
        from tix.config.places import desk_path
        from tix.desk import Desk, fixed_clock, system_clock

        location, is_default = desk_path(os.environ, self.given.get("db"))
        now = os.environ.get("TIX_NOW")
        clock = fixed_clock(now) if now else system_clock
        desk = Desk(location, self.config, clock=clock, warn=self.warn, is_default=is_default)
        desk.reveals = bool(self.given.get("reveal"))
        return desk

    def meant(
        self,
        *,
        why: str = "",
        dry_run: bool = False,
        key: str = "",
        if_rev: int | None = None,
    ) -> Desk:
        """Return the desk with what the safety options say of the change."""
        from tix.desk import Intent

        self.desk.intent = Intent(checked_text(why), dry_run, checked_text(key), if_rev)
        return self.desk

    def end_drafts(self, *, keep: bool) -> None:
        """Keep or discard what was written in the editor."""
        for draft in self.drafts:
            if keep:
                draft.keep()
            else:
                draft.discard()

    @property
    def is_terminal(self) -> bool:
        """Whether stdout is a terminal."""
        return sys.stdout is not None and sys.stdout.isatty()

    @property
    def may_ask(self) -> bool:
        """Whether questions may be asked: not with ``--no-input``, nor if stdin is data."""
        return not (self.given.get("no_input") or self.stdin_is_taken)

    @property
    def format(self) -> str:
        """The output format: a flag decides; preferences only for a terminal."""
        if flag := self.given.get("output"):
            return str(flag)
        return (self.config.output or "table") if self.is_terminal else "plain"

    @cached_property
    def view(self) -> View:
        """Where the output goes."""
        from tix import __version__
        from tix.cli.terminal import screen, use_color
        from tix.output import View

        terminal = self.is_terminal
        width = screen(os.environ, sys.stdout).columns if terminal else None
        return View(
            width=width,
            color=use_color(self.config.color, os.environ, sys.stdout),
            tty=terminal,
            tool=f"tix {__version__}",
            csv_safe=bool(self.given.get("csv_safe")),
        )

    def show(self, thing: Table[R] | Card, more: Iterable[Column[R]] = ()) -> None:
        """Print a table or card in the chosen format, through the pager if it is tall.

        *more* are columns that only ``--fields`` shows.
        """
        from tix.output import render
        from tix.table import Table

        if self.given.get("fields") is not None:
            thing = self._selected(thing, more)
        if isinstance(thing, Table) and not thing.rows and thing.empty:
            self.say(thing.empty)
        self.write(render(thing, self.format, self.view), paged=self.format == "table")
        if isinstance(thing, Table) and thing.footer:
            self.say(thing.footer)

    def _selected(self, thing: Table[R] | Card, more: Iterable[Column[R]]) -> Table[R] | Card:
        from tix.output.cells import machine_text
        from tix.table import Card

        names = [name.strip() for name in self.given["fields"].split(",")]
        if isinstance(thing, Card):
            return thing.select(names, machine_text)
        return thing.select(names, more)

    def write(self, chunks: Iterable[str], *, paged: bool = False) -> None:
        """Write text to stdout as UTF-8."""
        if paged and self.is_terminal:
            from tix.cli.pager import page

            page(chunks, self.config, self.warn)
            return
        out = sys.stdout.buffer
        for chunk in chunks:
            out.write(chunk.encode("utf-8", "replace"))
        out.flush()

    def tell(self, sentence: str) -> None:
        """Tell what only ``--verbose`` asks for, on stderr."""
        if self.given.get("verbose"):
            self.say(sentence)

    def say(self, sentence: str) -> None:
        """Tell the person something, on stderr, unless quiet."""
        if not self.given.get("quiet"):
            say(sentence)

    def warn(self, message: str) -> None:
        """Warn the person, on stderr, unless quiet."""
        if not self.given.get("quiet"):
            warn(message)

    def moment(self, text: str, *, lean: Lean = "future", end_of_day: bool = False) -> datetime:
        """Return the time that *text* means on this desk; doubts are told.

        Raises:
            BadDate: It means none, or two.
        """
        from tix.ops.queries import dates

        moment = dates(self.desk).moment(checked_text(text), lean=lean, end_of_day=end_of_day)
        for note in moment.notes:
            self.say(f"note: {note}")
        return moment.at
