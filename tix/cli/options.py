"""What commands share: the options every one takes, and the decorators that add them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from tix.cli.call import Call
from tix.cli.params import FORMAT, Choice, Revision

if TYPE_CHECKING:
    from click.parser import _OptionParser

F = Callable[..., None]

OUTPUT = "Output"
SAFETY = "Safety"
FILTERS = "Filters"


class Option(click.Option):
    """An option that help lists under a heading of its own."""

    def __init__(self, *args: Any, section: str = "Options", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from tix import __version__

        click.echo(f"tix {__version__}")
        ctx.exit()


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


GLOBALS: list[click.Parameter] = [
    Option(["-o", "--output"], type=FORMAT, section=OUTPUT, help="Output format."),
    Option(["--json", "output"], flag_value="json", section=OUTPUT, help="The same as -o json."),
    Option(["--fields"], metavar="A,B", section=OUTPUT, help="Only these columns."),
    Option(
        ["--csv-safe"], is_flag=True, section=OUTPUT, help="Keep spreadsheets from formulas in CSV."
    ),
    Option(["--color"], type=Choice(["auto", "always", "never"]), section=OUTPUT, help="Colours."),
    Option(["--no-pager"], is_flag=True, section=OUTPUT, help="Never start a pager."),
    Option(["-q", "--quiet"], is_flag=True, section=OUTPUT, help="Only errors on stderr."),
    Option(["-v", "--verbose"], is_flag=True, section=OUTPUT, help="Say more on stderr."),
    Option(["--tz"], metavar="ZONE", section=OUTPUT, help="Time zone of what you read and write."),
    Option(["--db"], metavar="DIR", section=OUTPUT, help="The desk's folder."),
    Option(["--actor"], metavar="AGENT", section=OUTPUT, help="Who acts."),
    Option(
        ["--lock-timeout"],
        type=click.FloatRange(min=0),
        metavar="SECONDS",
        section=OUTPUT,
        help="How long to wait for another command that writes.",
    ),
    Option(["--no-input"], is_flag=True, section=OUTPUT, help="Never ask, never open an editor."),
    Option(["--debug"], is_flag=True, section=OUTPUT, help="Show a traceback for a bug."),
    Option(
        ["-V", "--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        section=OUTPUT,
        help="Print the version.",
    ),
    # Not Click's own, which looks for a translation of its help.
    Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help="Show this message and exit.",
    ),
]
GLOBAL_NAMES = {param.name for param in GLOBALS if param.expose_value}


def remember_globals(ctx: click.Context, given: dict[str, Any]) -> None:
    """Keep what was given of the global options; what stands further right wins."""
    if ctx.obj is None:
        ctx.obj = Call()
    ctx.obj.given |= {n: v for n, v in given.items() if v is not None and v is not False}


class Command(click.Command):
    """A command that takes the global options after its name as well."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("add_help_option", False)
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters and the global ones."""
        return [*super().get_params(ctx), *GLOBALS]

    def make_parser(self, ctx: click.Context) -> _OptionParser:
        """Return the parser of the command's options."""
        return without_guessing(super().make_parser(ctx))

    def invoke(self, ctx: click.Context) -> None:
        """Call the command with its own values; the global ones are the call's."""
        _take_globals(ctx)
        is_tried = bool(ctx.params.get("dry_run"))
        try:
            super().invoke(ctx)
        except BaseException:
            ctx.obj.end_drafts(keep=True)
            raise
        ctx.obj.end_drafts(keep=is_tried)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their headings."""
        _write_options(self.get_params(ctx), ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"  {example}\n")


def without_guessing(parser: _OptionParser) -> _OptionParser:
    """Return *parser*, quicker: it knows short options where it looks first, among the long.

    Click takes each for an unknown long one, and looks for similar names, before it takes
    it for what it is.
    """
    parser._long_opt |= parser._short_opt  # noqa: SLF001
    return parser


def _take_globals(ctx: click.Context) -> None:
    remember_globals(ctx, {str(name): ctx.params.pop(name, None) for name in GLOBAL_NAMES})


def _write_options(
    params: Sequence[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    sections: dict[str, list[tuple[str, str]]] = {}
    for param in params:
        record = param.get_help_record(ctx)
        if record is not None:
            sections.setdefault(getattr(param, "section", "Options"), []).append(record)
    for section in ("Arguments", "Options", FILTERS, SAFETY, OUTPUT):
        if section in sections:
            with formatter.section(section):
                formatter.write_dl(sections[section])


class Group(click.Group):
    """A group of commands for one noun; alone it is its command ``list``, or that of *alone*."""

    command_class = Command

    def __init__(self, *args: Any, alone: str = "list", **kwargs: Any) -> None:
        kwargs.setdefault("add_help_option", False)
        self._alone = alone
        self._lists = "invoke_without_command" not in kwargs
        kwargs.setdefault("invoke_without_command", True)
        kwargs.setdefault("subcommand_metavar", "COMMAND ...")
        super().__init__(*args, **kwargs)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the global parameters, and help."""
        return [*super().get_params(ctx), *GLOBALS]

    def make_parser(self, ctx: click.Context) -> _OptionParser:
        """Return the parser of the group's options."""
        return without_guessing(super().make_parser(ctx))

    def invoke(self, ctx: click.Context) -> None:
        """Call the command that is named, else ``list``."""
        _take_globals(ctx)
        super().invoke(ctx)
        if self._lists and ctx.invoked_subcommand is None:
            alone = self.commands.get(self._alone)
            if alone is None:
                ctx.fail(f"a command is missing; there are {', '.join(self.commands)}")
            with alone.make_context(self._alone, [], parent=ctx) as below:
                alone.invoke(below)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        self.format_commands(ctx, formatter)
        _write_options(self.get_params(ctx), ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* begin with; an unknown one suggests the nearest."""
        from tix.domain.nearest import nearest
        from tix.errors import UsageError

        if args[0] not in self.commands:
            guess = nearest(args[0], list(self.commands))
            hint = f"Did you mean {guess!r}?" if guess else f"there are {', '.join(self.commands)}"
            raise UsageError(f"no such command 'tix {ctx.info_name} {args[0]}'", hint=hint)
        return super().resolve_command(ctx, args)


def command(name: str | None = None, *, examples: Sequence[str] = ()) -> Callable[[F], Command]:
    """Make a command of a function whose first argument is the ``Call``."""

    def decorate(function: F) -> Command:
        return click.command(name=name, cls=Command, examples=examples)(click.pass_obj(function))

    return decorate


def subcommand(
    group: click.Group, name: str, *, examples: Sequence[str] = ()
) -> Callable[[F], click.Command]:
    """Make a command of *group* of a function whose first argument is the ``Call``."""

    def decorate(function: F) -> click.Command:
        return group.command(name=name, cls=Command, examples=examples)(click.pass_obj(function))

    return decorate


def option(*names: str, section: str = "Options", **kwargs: Any) -> Callable[[F], F]:
    """Add an option; ``default`` is None unless given."""
    return click.option(*names, cls=Option, section=section, **kwargs)


def _stacked(decorators: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


changing = _stacked(
    [
        option(
            "-n", "--dry-run", is_flag=True, section=SAFETY, help="Only show what would be done."
        ),
        option(
            "--why", metavar="TEXT", default="", section=SAFETY, help="A reason, for the history."
        ),
        option("--key", metavar="KEY", default="", section=SAFETY, help="Do it once for this key."),
    ]
)
"""The options of every command that changes something."""

changing_tickets = _stacked(
    [
        option("--where", metavar="QUERY", multiple=True, section=SAFETY, help="All that match."),
        option(
            "--max",
            "max_",
            type=click.IntRange(0),
            section=SAFETY,
            help="At most so many tickets (50 of --where).",
        ),
        option("-y", "--yes", is_flag=True, section=SAFETY, help="Do not ask."),
        option("--if-rev", type=Revision(), section=SAFETY, help="Only if it is at this revision."),
        changing,
    ]
)
"""The options of every command that changes tickets, one or many."""

listing = _stacked(
    [
        option("--sort", metavar="KEYS", default="", section=FILTERS, help="Such as due,-created."),
        option("-L", "--limit", type=click.IntRange(0), section=FILTERS, help="0 is no limit."),
        option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if nothing matches."),
    ]
)
"""The options of every command that lists."""
