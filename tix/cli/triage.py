"""``tix triage``: the queue ticket by ticket, one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.failure import report, say
from tix.cli.options import command
from tix.cli.params import checked_text
from tix.errors import Conflict, Refused, TixError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.cli.actions import Action
    from tix.cli.call import Call
    from tix.domain.ticket import Ticket
    from tix.ops.change import Change

INBOX = ("status:new,open",)

_KEYS = "r)eply n)ote a)ssign p)rio t)ag s)nooze d)one m)erge space u)ndo ?)help q)uit: "
_HELP = """\
  r      answer the customer in the editor, and go on
  n      write a note for agents in the editor
  a      give it to an agent, to @me or to none
  p      set the priority, or move it up or down
  t      add tags
  s      put it out of sight until a time, and go on
  d      call it done, and go on
  m      let it go on in another ticket, and go on
  space  leave it as it is, and go on
  u      take back what was done last, and go there; again for what was before
  q      quit; so does Ctrl-D. Ctrl-Z suspends. An empty answer cancels."""


class Done(NamedTuple):
    """What can be taken back: how the summary calls it, its operation, and where it was."""

    name: str
    op: int
    place: int


@command(examples=("tix triage", "tix triage is:unassigned prio:high.."))
@click.argument("query", nargs=-1)
def triage(call: Call, query: tuple[str, ...]) -> None:
    """Go through the queue with one key a ticket."""
    from tix.cli.keys import need_keyboard
    from tix.ops.queries import find

    need_keyboard(
        "tix triage",
        may_ask=call.may_ask and call.is_terminal,
        instead="tix list finds tickets; tix assign, prio, tag and resolve --where change them",
    )
    rows = find(call.desk, [checked_text(word) for word in query] or INBOX).rows
    if rows:
        Session(call, [row.ticket.id for row in rows]).run()
    else:
        call.say("no tickets match" if query else "Inbox zero.")


class Session:
    """A way through tickets, and what was done on it."""

    def __init__(self, call: Call, numbers: Sequence[int]) -> None:
        self._call = call
        self._numbers = numbers
        self._place = 0
        self._done: list[Done] = []
        self._seen: Ticket | None = None
        self._is_over = False

    def run(self) -> None:
        """Show ticket after ticket and do what the keys say; tell in the end what was done."""
        from tix.cli.glance import glance

        try:
            while self._place < len(self._numbers) and not self._is_over:
                if self._seen is None:
                    self._seen = glance(self._call, self._numbers[self._place])
                self._take_key()
        finally:
            self._call.say(self._summary())

    def _take_key(self) -> None:
        from tix.cli.actions import ACTIONS
        from tix.cli.keys import END, read_key

        key = read_key(self._prompt)
        if key in ACTIONS:
            say(ACTIONS[key].word)
            self._tried(lambda: self._act(ACTIONS[key]))
        elif key == "u":
            say("undo")
            self._tried(self._undo)
        elif key == " ":
            say("next")
            self._go_to(self._place + 1)
        elif key in ("q", END):
            say("quit")
            self._is_over = True
        else:
            say("help" if key == "?" else "there is no such key")
            say(_HELP)

    def _tried(self, work: Callable[[], None]) -> None:
        """Do *work*; an error is told, and the ticket stands again."""
        try:
            work()
        except (TixError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            report(error, ())
            if isinstance(error, Conflict):
                self._seen = None  # it has changed meanwhile

    def _act(self, action: Action) -> None:
        """Do one thing with the ticket at hand, and go on or stay as the action wants."""
        from tix.cli.changes import show_change
        from tix.ops.tickets.reads import show

        number = self._numbers[self._place]
        change = self._written(action, number)
        if change is None:
            return
        if change.op is not None:
            self._done.append(Done(action.done, change.op, self._place))
        show_change(self._call, change)
        if action.goes_on:
            self._go_to(self._place + 1)
        else:
            self._seen = show(self._call.desk, [number])[0][0].ticket

    def _written(self, action: Action, number: int) -> Change | None:
        """Return what the action changes, None if it was cancelled; a failure keeps its draft."""
        seen = self._seen.rev if self._seen and action.is_quick else None
        self._call.meant(if_rev=seen)
        is_kept = True
        try:
            change = action.run(self._call, number)
            is_kept = False
        finally:
            self._call.end_drafts(keep=is_kept)
            self._call.drafts.clear()
        return change

    def _undo(self) -> None:
        from tix.cli.changes import show_change
        from tix.ops.undo import undo

        if not self._done:
            raise Refused("nothing was done here that could be taken back")
        self._call.meant()
        show_change(self._call, undo(self._call.desk, self._done[-1].op))
        self._go_to(self._done.pop().place)

    def _go_to(self, place: int) -> None:
        self._place, self._seen = place, None

    def _prompt(self) -> None:
        place = f"{self._place + 1}/{len(self._numbers)}"
        click.echo(f"{place} {_KEYS}", nl=False, err=True)

    def _summary(self) -> str:
        counts: dict[str, int] = {}
        for done in self._done:
            counts[done.name] = counts.get(done.name, 0) + 1
        told = ", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing done"
        return f"{told}; {len(self._numbers) - self._place} of {len(self._numbers)} left"
