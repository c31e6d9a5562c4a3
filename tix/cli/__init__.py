"""The command line: which commands there are, and the one place where errors end."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from tix.cli import failure
from tix.cli.options import GLOBALS, remember_globals, without_guessing
from tix.errors import UsageError
from tix.lazy import load
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.parser import _OptionParser

    from tix.cli.call import Call

_COMPLETE = "_TIX_COMPLETE"


class Entry(NamedTuple):
    """A command before it is loaded: where it stands, what it is for, where help lists it.

    A *minor* one has no line of its own on the first page.
    """

    target: str
    summary: str
    section: str
    minor: bool = False


WORK = "Work the queue"
CHANGE = "Change tickets"
LOOK = "Look back"
SET_UP = "Set up"

COMMANDS = {
    "inbox": Entry(
        "tix.cli.inbox:inbox", "Show what needs an answer, the most important first.", WORK
    ),
    "next": Entry("tix.cli.next_:next_", "Show the ticket to work on next, or take it.", WORK),
    "triage": Entry(
        "tix.cli.triage:triage", "Go through the queue with one key a ticket.", WORK, minor=True
    ),
    "pick": Entry(
        "tix.cli.pick:pick", "Choose tickets from a list and print their numbers.", WORK, minor=True
    ),
    "new": Entry("tix.cli.new:new", "Open a ticket.", WORK),
    "show": Entry("tix.cli.show_:show", "Show tickets with their conversation.", WORK),
    "list": Entry("tix.cli.list_:list_", "List the tickets that match a query.", WORK),
    "reply": Entry("tix.cli.reply:reply", "Answer the customer.", WORK),
    "note": Entry("tix.cli.note:note", "Write a note that only agents see.", WORK),
    "log-call": Entry("tix.cli.log_call:log_call", "Log a call.", WORK, minor=True),
    "log-chat": Entry("tix.cli.log_chat:log_chat", "Log a chat.", WORK, minor=True),
    "assign": Entry("tix.cli.assign:assign", "Give tickets to an agent.", CHANGE),
    "prio": Entry("tix.cli.prio:prio", "Set the priority of tickets.", CHANGE),
    "tag": Entry("tix.cli.tag:tag", "Add tags to tickets.", CHANGE),
    "untag": Entry("tix.cli.tag:untag", "Take tags off tickets.", CHANGE, minor=True),
    "edit": Entry("tix.cli.edit:edit", "Change the fields of tickets.", CHANGE),
    "wait": Entry(
        "tix.cli.wait:wait", "Wait for the customer or a third party.", CHANGE, minor=True
    ),
    "snooze": Entry("tix.cli.snooze:snooze", "Put tickets out of sight until a time.", CHANGE),
    "promise": Entry(
        "tix.cli.promise:promise",
        "Promise customers something by a time, and keep it.",
        CHANGE,
        minor=True,
    ),
    "time": Entry(
        "tix.cli.time_:time_",
        "Record the time spent on a ticket, or list it.",
        CHANGE,
        minor=True,
    ),
    "rate": Entry(
        "tix.cli.rate:rate", "Record what a customer thinks of a ticket.", CHANGE, minor=True
    ),
    "resolve": Entry("tix.cli.resolve:resolve", "Call tickets done.", CHANGE),
    "close": Entry("tix.cli.move:close", "Close resolved tickets for good.", CHANGE, minor=True),
    "reopen": Entry("tix.cli.move:reopen", "Open tickets again.", CHANGE, minor=True),
    "spam": Entry("tix.cli.move:spam", "Mark tickets as spam.", CHANGE, minor=True),
    "delete": Entry("tix.cli.move:delete", "Put tickets into the trash.", CHANGE, minor=True),
    "restore": Entry("tix.cli.move:restore", "Take tickets out of the trash.", CHANGE, minor=True),
    "merge": Entry("tix.cli.merge:merge", "Let tickets go on in another one.", CHANGE, minor=True),
    "unmerge": Entry(
        "tix.cli.merge:unmerge",
        "Take merged tickets out of those they go on in.",
        CHANGE,
        minor=True,
    ),
    "split": Entry(
        "tix.cli.split:split", "Open a ticket with some messages of another.", CHANGE, minor=True
    ),
    "link": Entry("tix.cli.link:link", "Tie a ticket to others.", CHANGE, minor=True),
    "unlink": Entry(
        "tix.cli.link:unlink", "Remove the ties between a ticket and others.", CHANGE, minor=True
    ),
    "undo": Entry("tix.cli.undo:undo", "Take an operation back.", CHANGE),
    "redo": Entry("tix.cli.undo:redo", "Do again what was taken back.", CHANGE, minor=True),
    "apply": Entry(
        "tix.cli.apply:apply",
        "Do what the lines of a file say, all or nothing.",
        CHANGE,
        minor=True,
    ),
    "search": Entry("tix.cli.search:search", "Find words in subjects, messages and notes.", LOOK),
    "alert": Entry(
        "tix.cli.alert:alert", "Tell when a metric is beyond a threshold.", LOOK, minor=True
    ),
    "digest": Entry("tix.cli.digest:digest", "Show what needs attention today.", LOOK, minor=True),
    "log": Entry("tix.cli.log:log", "Show what happened, event by event.", LOOK),
    "report": Entry(
        "tix.cli.report:report", "Count, measure and compare what the desk does.", LOOK, minor=True
    ),
    "export": Entry("tix.cli.export:export", "Write tickets as JSONL or CSV.", LOOK, minor=True),
    "tags": Entry("tix.cli.tags:tags", "List the tags in use.", LOOK, minor=True),
    "when": Entry("tix.cli.when:when", "Show what a date means.", LOOK, minor=True),
    "init": Entry("tix.cli.init:init", "Make a desk.", SET_UP),
    "demo": Entry("tix.cli.demo:demo", "Make a desk to practise on.", SET_UP, minor=True),
    "import": Entry(
        "tix.cli.import_:import_", "Bring in tickets from CSV, JSONL or Zendesk.", SET_UP
    ),
    "customer": Entry("tix.cli.customer:customer", "Keep customers.", SET_UP),
    "agent": Entry("tix.cli.agent:agent", "Keep agents.", SET_UP, minor=True),
    "dept": Entry("tix.cli.dept:dept", "Keep departments.", SET_UP, minor=True),
    "away": Entry("tix.cli.away:away", "Close the desk while you are away.", SET_UP, minor=True),
    "sla": Entry("tix.cli.sla:sla", "Keep promises to customers.", SET_UP, minor=True),
    "query": Entry("tix.cli.query:query", "Keep queries under a name.", SET_UP, minor=True),
    "setup": Entry(
        "tix.cli.setup:setup",
        "Read and change the desk's set-up as one document.",
        SET_UP,
        minor=True,
    ),
    "config": Entry(
        "tix.cli.config:config", "Read and set your own preferences.", SET_UP, minor=True
    ),
    "backup": Entry(
        "tix.cli.backup:backup", "Save the desk, list what is saved, go back.", SET_UP, minor=True
    ),
    "doctor": Entry("tix.cli.doctor:doctor", "Check the desk, and repair it.", SET_UP, minor=True),
    "schema": Entry(
        "tix.cli.schema:schema", "Print the JSON Schema of an output.", SET_UP, minor=True
    ),
    "completion": Entry(
        "tix.cli.completion:completion",
        "Complete words at a TAB in bash, zsh and fish.",
        SET_UP,
        minor=True,
    ),
    "help": Entry("tix.cli.help_:help_", "Explain a command or a topic.", SET_UP, minor=True),
}

SYNONYMS = {
    "add": "new",
    "create": "new",
    "ls": "list",
    "view": "show",
    "cat": "show",
    "priority": "prio",
    "done": "resolve",
    "solve": "resolve",
    "rm": "delete",
    "postpone": "snooze",
    "find": "search",
    "stats": "report",
}

EXAMPLES = """
Examples:
  tix new Refund not received -c jo@example.com -p high
  tix list prio:high.. tag:billing assignee!=alice due:..fri
  tix list tag:vip is:unassigned -o ids | tix assign - @me
"""


class Tix(click.Group):
    """The group of all commands; each is loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name or synonym."""
        entry = COMMANDS.get(SYNONYMS.get(cmd_name, cmd_name))
        if entry is None:
            return None
        command: click.Command = load(entry.target)
        return command

    def make_parser(self, ctx: click.Context) -> _OptionParser:
        """Return the parser of the options before the command."""
        return without_guessing(super().make_parser(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* begin with; an unknown one suggests the nearest."""
        name = args[0]
        command = self.get_command(ctx, name) or _external(name)
        if command is None:
            raise UsageError(f"no such command {name!r}", hint=_instead_of(name))
        return command.name, command, args[1:]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the page: a line for each everyday command, without loading any."""
        formatter.write("tix - the help desk in your shell (tix alone is tix inbox)\n")
        formatter.write("Usage: tix [OPTIONS] [COMMAND] ...\n")
        for section in (WORK, CHANGE, LOOK, SET_UP):
            formatter.write(f"\n{section}\n")
            for name, entry in COMMANDS.items():
                if entry.section == section and not entry.minor:
                    formatter.write(f"  {name:<10}{entry.summary}\n")
        minor = (name for name, entry in COMMANDS.items() if entry.minor and name != "help")
        formatter.write("\n")
        formatter.write_text(f"More: {' '.join(minor)}")
        formatter.write(EXAMPLES)
        formatter.write(
            "tix COMMAND -h, tix help --all, tix help TOPIC (query, dates, output ...)\n"
        )


@click.command(
    cls=Tix,
    params=GLOBALS,
    invoke_without_command=True,
    add_help_option=False,
)
@click.pass_context
def cli(ctx: click.Context, /, **given: object) -> None:
    """Track customer support from your shell."""
    remember_globals(ctx, given)
    if ctx.invoked_subcommand is None:
        ctx.invoke(load(COMMANDS["inbox"].target))


def run(argv: Sequence[str]) -> int:
    """Run one command line; return its exit code. Nothing but the data goes to stdout."""
    import signal

    signal.signal(signal.SIGTERM, _terminate)
    if asked := os.environ.get(_COMPLETE):
        return _complete(asked)
    try:
        # Not cli.main(), which makes an exit of 1 of a closed pipe.
        with cli.make_context("tix", list(argv)) as ctx:
            try:
                cli.invoke(ctx)
            finally:
                _tell_hooks(ctx.obj)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except BaseException as error:  # noqa: BLE001 - the one place where every error ends
        return failure.report(error, argv)
    return _flush(argv)


def _complete(asked: str) -> int:
    """Answer Click's own completion scripts, for shells that have no other."""
    from click.shell_completion import shell_complete

    return shell_complete(cli, {}, "tix", _COMPLETE, asked)


def _flush(argv: Sequence[str]) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return failure.report(error, argv)
    return 0


def _tell_hooks(call: Call | None) -> None:
    """Let the user's hooks know of what was committed, if they may."""
    desk = vars(call).get("desk") if call else None
    if desk is not None and desk.committed and desk.config.hooks == "true":
        load("tix.cli.hooks:tell_hooks")(call)


def _terminate(signum: int, frame: Any) -> None:
    raise SystemExit(143)


def _external(name: str) -> click.Command | None:
    from tix.cli.external import find

    return find(name, os.environ)


def _instead_of(name: str) -> str:
    from tix.cli.external import names
    from tix.domain.nearest import nearest

    if name == "comment":
        return "reply (the customer sees it) or note (only agents do)?"
    guess = nearest(name, [*COMMANDS, *SYNONYMS, *names(os.environ)])
    return f"Did you mean {guess!r}?" if guess else "tix --help lists the commands"
