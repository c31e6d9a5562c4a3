"""Texts written in the user's editor, on drafts that no failure takes away.

Click's own ``edit`` cannot tell an unchanged text from one that was not saved, starts an
editor without a terminal, and removes the text when the editor fails.
"""

from __future__ import annotations

import re
import sys
from signal import SIGINT
from typing import TYPE_CHECKING, Self

import click

from tix.cli.terminal import ctrl_c_is_for_another, is_terminal
from tix.config.places import make_private, state_dir
from tix.errors import BadData, CannotCreate, ConfigInvalid, Refused, UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from tix.config import Config

SCISSORS = "# ---- 8< ----"

_NAME_ANOTHER = "Name another: tix config set editor COMMAND"


class Draft:
    """A text from the editor, in a file of its own until the text is saved for good.

    As a context manager it discards the file at the end of the block; after an error it keeps
    it and says where. ``ctx.with_resource(draft)`` does so at the end of a command.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = ""
        self._is_kept = False

    def keep(self) -> None:
        """Leave the file for good, and say where it is."""
        self._is_kept = True
        click.echo(f"your text is kept in {self.path}", err=True)

    def discard(self) -> None:
        """Remove the file, and what the editor has put beside it."""
        from shutil import rmtree

        rmtree(self.path.parent, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._is_kept:
            return
        if error is None:
            self.discard()
        else:
            self.keep()


def edit(
    initial: str,
    config: Config,
    *,
    below: str = "",
    name: str = "draft",
    suffix: str = ".md",
    instead: str = "Give it with -m TEXT or -F FILE.",
) -> Draft:
    """Let the user edit *initial*, in a file of this name, and return what it became.

    *below* is put under a scissors line, to be read; what stands there is no part of the text.
    *instead* is the hint where there is no terminal.

    Raises:
        UsageError: There is no terminal to edit on.
        ConfigInvalid: There is no such editor.
        Refused: The text is empty or as it was, or the editor has failed.
        BadData: The text is not UTF-8.
        CannotCreate, PermissionRefused: There is no place for the draft.
    """
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError("there is no terminal to edit a text on", hint=instead)
    words = _words(config)
    before = _sheet(initial, below)
    draft = Draft(_new_file(config, name + suffix, before))
    code = _run([*words, str(draft.path)])
    content = draft.path.read_bytes() if draft.path.is_file() else b""
    if code:
        _end(draft, is_kept=content != before)
        if code == -SIGINT:
            raise KeyboardInterrupt
        raise Refused(f"the editor {words[0]!r} has failed ({code}), nothing was saved")
    try:
        draft.text = _text(content, cut=bool(below))
    except UnicodeDecodeError:
        draft.keep()
        raise BadData("the edited text is not UTF-8, nothing was saved") from None
    if draft.text in ("", _text(before, cut=bool(below))):
        draft.discard()
        raise Refused("aborted, nothing was saved")
    return draft


def _words(config: Config) -> list[str]:
    """Return the words of the editor's command; one that was asked for must be there."""
    from shlex import split
    from shutil import which

    asked = [(config.editor, config.origins["editor"])]
    asked += [(config.environ.get(name), name) for name in ("VISUAL", "EDITOR")]
    for command, origin in asked:
        if command and command.strip():
            try:
                words = split(command)
            except ValueError:
                words = [command]
            if which(words[0]):
                return words
            raise ConfigInvalid(f"{origin}: there is no editor {words[0]!r}", hint=_NAME_ANOTHER)
    for name in ("sensible-editor", "vi"):
        if which(name):
            return [name]
    raise ConfigInvalid("there is no editor", hint=_NAME_ANOTHER)


def _new_file(config: Config, name: str, content: bytes) -> Path:
    """Return a file with *content*, alone in a folder that nobody else can look into."""
    from pathlib import Path
    from tempfile import mkdtemp

    state = state_dir(config.environ)
    try:
        if state:
            make_private(state / "drafts")
        folder = mkdtemp(prefix="tix-", dir=state / "drafts" if state else None)
        file = Path(folder, name)
        file.touch(0o600)
        file.write_bytes(content)
    except OSError as error:
        raise CannotCreate(f"there is no place for a draft: {error}") from None
    return file


def _run(words: list[str]) -> int:
    from subprocess import Popen

    try:
        with ctrl_c_is_for_another():
            return Popen(words).wait()  # noqa: S603 - the user's own command, without a shell
    except OSError as error:
        return error.errno or 1


def _sheet(initial: str, below: str) -> bytes:
    """Return what goes into the file; scissors in the text itself are moved, so as not to cut."""
    if below:
        text = re.sub(f"^(?={re.escape(SCISSORS)})", " ", initial, flags=re.MULTILINE)
        initial = f"{text}\n\n{SCISSORS}\n{below}"
    return initial.encode("utf-8", "replace")


def _text(content: bytes, *, cut: bool) -> str:
    """Return the text, above the scissors, without empty lines around it."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    if cut:
        text = f"\n{text}".partition(f"\n{SCISSORS}")[0]
    return text.lstrip("\n").rstrip()


def _end(draft: Draft, *, is_kept: bool) -> None:
    if is_kept:
        draft.keep()
    else:
        draft.discard()
