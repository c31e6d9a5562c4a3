"""The call of a command that is a part of an apply: nobody is asked, and nothing printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.cli.call import Call
from tix.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tix.desk import Desk
    from tix.ops.change import Change


class Inside(Call):
    """A call that keeps what its command changed, and how it is written, instead of telling it.

    *number* is that of the line; *names* are those that the lines above gave.
    """

    def __init__(
        self, outer: Call, desk: Desk, number: int, names: Mapping[int | str, str], called: str
    ) -> None:
        super().__init__()
        self.given = {**outer.given, "no_input": True, "verbose": False}
        self.stdin_is_taken = True
        self.change: Change | None = None
        self.line = ""
        self._outer = outer
        self._place = f"line {number}"
        self._names = names
        self._called = called
        self.__dict__ |= {"desk": desk, "config": outer.config}

    @property
    def is_terminal(self) -> bool:
        """Whether somebody looks on: nobody does."""
        return False

    def take(self, change: Change) -> None:
        """Keep what the command has changed."""
        notices = (one._replace(message=f"{self._place}: {one.message}") for one in change.notices)
        self.change = change._replace(notices=tuple(notices))
        if change.dry_run and self._outer.format == "jsonl":
            from tix.cli.lines.write import line_of

            self.line = line_of(self, change, names=self._names, called=self._called)

    def say(self, sentence: str) -> None:
        """Tell the person something of this line."""
        self._outer.say(f"{self._place}: {sentence}")

    def warn(self, message: str) -> None:
        """Warn the person of something in this line."""
        self._outer.warn(f"{self._place}: {message}")

    def show(self, thing: object, more: Iterable[Any] = ()) -> None:
        """Refuse to print what was asked for.

        Raises:
            BadData: Always.
        """
        raise BadData("it only shows something, and changes nothing")

    def write(self, chunks: Iterable[str], *, paged: bool = False) -> None:
        """Refuse to print what was asked for.

        Raises:
            BadData: Always.
        """
        self.show(chunks)
