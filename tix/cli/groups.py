"""Groups whose first command needs no name: ``tix away mon..fri`` is ``tix away add mon..fri``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.cli.options import Group

if TYPE_CHECKING:
    import click


class Shorthand(Group):
    """A group of commands; words that name none of them are those of the first one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "[COMMAND] ...")
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words behind the group; options of its first command can come first."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if args and args[0].startswith("-") and args[0].partition("=")[0] not in own:
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* begin with, else the first of the group."""
        if args[0] not in self.commands:
            args = [next(iter(self.commands)), *args]
        return super().resolve_command(ctx, args)
