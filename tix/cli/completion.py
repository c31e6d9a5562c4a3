"""``tix completion``: the scripts that complete words at a TAB, shown or put in their place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tix.cli.options import SAFETY, Group, option, subcommand
from tix.cli.params import Choice
from tix.errors import CannotCreate, Refused, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.table import Cell

FOLDER = Path(__file__).resolve().parent.parent / "completions"
OURS = "written by scripts/docs from the commands of tix"


class Shell(NamedTuple):
    """Where a shell looks for the completions of a user, and what is left to do then.

    ``place`` is below the folder that *variable* names, else below *default* at home.
    """

    file: str
    variable: str
    default: str
    place: str
    advice: str


SHELLS = {
    "bash": Shell(
        "tix",
        "XDG_DATA_HOME",
        ".local/share",
        "bash-completion/completions",
        "new shells have it where bash-completion is installed; elsewhere put this line into "
        "~/.bashrc:\n  source {path}",
    ),
    "zsh": Shell(
        "_tix",
        "XDG_DATA_HOME",
        ".local/share",
        "zsh/site-functions",
        "put this line into ~/.zshrc, above compinit:\n  fpath=({folder} $fpath)",
    ),
    "fish": Shell(
        "tix.fish", "XDG_CONFIG_HOME", ".config", "fish/completions", "new shells have it"
    ),
}
shell_argument = click.argument(
    "shell", required=False, type=Choice(list(SHELLS)), metavar="[SHELL]"
)


@click.group(cls=Group)
def completion() -> None:
    """Complete words at a TAB in bash, zsh and fish."""


@subcommand(
    completion,
    "install",
    examples=("tix completion install", "tix completion install zsh --dry-run"),
)
@shell_argument
@option("--force", is_flag=True, section=SAFETY, help="Over a file that is not tix's as well.")
@option("-n", "--dry-run", is_flag=True, section=SAFETY, help="Only show what would be done.")
def install(call: Call, shell: str | None, force: bool, dry_run: bool) -> None:
    """Put the script where the shell finds it.

    Without SHELL it is for yours. No file of yours is edited; what is left to do is said.
    """
    from tix.config.file import write_text

    kind = SHELLS[_named(shell)]
    path = _folder(kind) / kind.file
    text = _script(kind)
    state = _state(path, text)
    if state == "strange" and not force:
        raise Refused(
            f"{path} is not from tix", hint="Move it away, or write over it with --force."
        )
    if state != "same" and not dry_run:
        write_text(path, text)
    _tell(call, path, state != "same", dry_run=dry_run)
    if not dry_run:
        words = {"path": _quoted(path), "folder": _quoted(path.parent)}
        call.say(kind.advice.format_map(words))


@subcommand(
    completion,
    "show",
    examples=("tix completion show bash > tix.bash", "tix completion show fish"),
)
@shell_argument
def show(call: Call, shell: str | None) -> None:
    """Print the script.

    Without SHELL it is for yours.
    """
    call.write([_script(SHELLS[_named(shell)])])


def _named(shell: str | None) -> str:
    """Return *shell*, else the user's own.

    Raises:
        UsageError: There are no completions for it.
    """
    name = shell or Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise UsageError(
            f"there are no completions for {name!r}" if name else "which shell is not clear",
            hint=f"Name one of {', '.join(SHELLS)}.",
        )
    return name


def _folder(kind: Shell) -> Path:
    """Return where the shell looks; a variable that is empty or relative does not count."""
    base = os.environ.get(kind.variable, "")
    if not base.startswith("/"):
        home = os.environ.get("HOME")
        if not home:
            raise CannotCreate(
                f"no place for completions: neither HOME nor {kind.variable} is set",
                hint="tix completion show prints the script.",
            )
        base = f"{home}/{kind.default}"
    return Path(base) / kind.place


def _script(kind: Shell) -> str:
    return (FOLDER / kind.file).read_text("utf-8")


def _state(path: Path, text: str) -> str:
    """Return what is at *path*: the ``same``, an ``old`` script, something ``strange``, or nothing.

    A link is not followed: what it leads to is somebody's own care.
    """
    if not os.path.lexists(path):
        return ""
    if path.is_symlink() or not path.is_file():
        return "strange"
    found = path.read_text("utf-8", "replace")
    if found == text:
        return "same"
    return "old" if OURS in found[:1000] else "strange"


def _quoted(path: Path) -> str:
    from shlex import quote

    return quote(str(path))


def _tell(call: Call, path: Path, is_new: bool, *, dry_run: bool) -> None:
    from tix.table import Card

    written = is_new and not dry_run
    record: dict[str, Cell] = {"path": str(path), "written": written, "dry_run": dry_run}
    if call.format in ("table", "plain", "ids"):
        call.write([f"{path}\n"])
    else:
        pairs = [(key, str(value)) for key, value in record.items()]
        call.show(
            Card("completion", str(path), pairs, [*record.items()], record, str(path)),
        )
    if not is_new:
        call.say("it is there already")
    elif dry_run:
        call.say(f"would: write {path}")
