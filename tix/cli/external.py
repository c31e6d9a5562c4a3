"""Programs named ``tix-NAME`` on PATH, which are commands as git's are."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tix.cli.call import Call

PREFIX = "tix-"
_HANDED_ON = {
    "actor": "TIX_USER",
    "tz": "TIX_TZ",
    "color": "TIX_COLOR",
    "lock_timeout": "TIX_LOCK_TIMEOUT",
}
"""Global options, and the variables by which the program gets them."""


class External(click.Command):
    """A program at *path*; all words after its name are its own, ``--help`` among them."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, add_help_option=False)
        self.path = path

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep *args* as they are."""
        ctx.args = args
        return []

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Become the program; its exit code is that of the command."""
        become(self.path, ctx.args, environment(ctx.obj))


def find(name: str, environ: Mapping[str, str]) -> External | None:
    """Return the program ``tix-NAME`` on PATH as a command, None if there is none."""
    if not name or name.startswith("-") or "/" in name or "\0" in name:
        return None
    programs = (folder / f"{PREFIX}{name}" for folder in _folders(environ))
    path = next(filter(_is_program, programs), None)
    return External(name, str(path)) if path else None


def names(environ: Mapping[str, str]) -> list[str]:
    """Return what the programs on PATH are called as commands, sorted."""
    found: set[str] = set()
    for folder in _folders(environ):
        with suppress(OSError):
            programs = filter(_is_program, folder.glob(f"{PREFIX}?*"))
            found.update(program.name.removeprefix(PREFIX) for program in programs)
    return sorted(found)


def environment(call: Call) -> dict[str, str]:
    """Return the environment in which a program finds the same desk, and acts as the same."""
    from tix.config.places import desk_path

    location, _ = desk_path(os.environ, call.given.get("db"))
    given = {
        variable: str(call.given[option])
        for option, variable in _HANDED_ON.items()
        if call.given.get(option) is not None
    }
    if "://" not in location:
        location = str(Path(location).absolute())
    return {**os.environ, **given, "TIX_DB": location}


def become(path: str, words: list[str], environ: Mapping[str, str]) -> NoReturn:
    """Let the program at *path* take the place of this process.

    Raises:
        IOFailed: It cannot be run.
    """
    import signal
    import sys

    from tix.errors import IOFailed

    sys.stdout.flush()
    sys.stderr.flush()
    # Python ignores it, and what is ignored stays so in the program.
    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execve(path, [path, *words], environ)  # noqa: S606 - no shell is what is wanted
    except OSError as error:
        signal.signal(signal.SIGPIPE, before)
        raise IOFailed(f"{path} cannot be run: {error.strerror}") from None


def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield the folders of PATH; what stands there relative to somewhere is passed over."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        if Path(folder).is_absolute():
            yield Path(folder)


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
