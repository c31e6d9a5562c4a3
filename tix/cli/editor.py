"""Texts written in the user's editor, on drafts that no failure takes away.

Click's own ``edit`` cannot tell an unchanged text from one that was not saved, starts an
editor without a terminal, and removes the text when the editor fails.
"""

from __future__ import annotations

import re
import sys
from signal import SIGINT
from time import monotonic
from typing import TYPE_CHECKING

from tix.cli.drafts import Draft, new_draft
from tix.cli.terminal import ctrl_c_is_for_another, is_terminal
from tix.errors import BadData, ConfigInvalid, Refused, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tix.config import Config

__all__ = [
    "SCISSORS",
    "Draft",
    "content_of",
    "edit",
    "editor_words",
    "let_edit",
    "need_terminal",
    "stopwatch",
    "text_of",
]

SCISSORS = "# ---- 8< ----"

_NAME_ANOTHER = "Name another: tix config set editor COMMAND"
_INSTEAD = "Give it with -m TEXT or -F FILE."


def edit(
    initial: str,
    config: Config,
    *,
    below: str = "",
    name: str = "draft",
    suffix: str = ".md",
    instead: str = _INSTEAD,
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
    need_terminal(instead)
    words = editor_words(config)
    draft = new_draft(config, name + suffix, content_of(initial, below))
    if not let_edit(draft, words, cut=bool(below)):
        raise Refused("aborted, nothing was saved")
    return draft


def need_terminal(instead: str = _INSTEAD) -> None:
    """Do nothing where there is a terminal to edit on.

    Raises:
        UsageError: There is none.
    """
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError("there is no terminal to edit a text on", hint=instead)


def let_edit(
    draft: Draft, words: list[str], *, cut: bool, clock: Callable[[], float] = monotonic
) -> bool:
    """Let the user edit *draft* with the command *words*; return whether that made a new text.

    If it did not, the draft is discarded. One that was found is new if it was saved at all,
    and is kept if it was not. What stands below scissors, if they are to *cut*, is no text.
    *clock* tells the draft for how long it was open.

    Raises:
        Refused: The editor has failed.
        BadData: The text is not UTF-8.
    """
    before, saved_at, opened_at = draft.content, _saved_at(draft), clock()
    try:
        code = _run([*words, str(draft.path)])
    except BaseException:
        draft.keep()  # the editor may be writing still
        raise
    draft.edited_s = clock() - opened_at
    if code:
        _end(draft, is_kept=draft.is_found or draft.content != before)
        if code == -SIGINT:
            raise KeyboardInterrupt
        raise Refused(f"the editor {words[0]!r} has failed ({code}), nothing was saved")
    if draft.is_found and _saved_at(draft) == saved_at:
        draft.keep()
        return False
    try:
        draft.text = text_of(draft.content, cut=cut)
    except UnicodeDecodeError:
        draft.keep()
        raise BadData("the edited text is not UTF-8, nothing was saved") from None
    is_new = draft.text not in ("", text_of(draft.beginning, cut=cut))
    if not is_new:
        draft.discard()
    return is_new


def stopwatch(environ: Mapping[str, str]) -> Callable[[], float]:
    """Return a clock that counts seconds; where ``TIX_NOW`` lets time stand, so does it."""
    return (lambda: 0.0) if environ.get("TIX_NOW") else monotonic


def editor_words(config: Config) -> list[str]:
    """Return the words of the editor's command; one that was asked for must be there.

    Raises:
        ConfigInvalid: It is not, or there is none at all.
    """
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


def content_of(initial: str, below: str) -> bytes:
    """Return what goes into the file; scissors in the text itself are moved, so as not to cut."""
    if below:
        text = re.sub(f"^(?={re.escape(SCISSORS)})", " ", initial, flags=re.MULTILINE)
        initial = f"{text}\n\n{SCISSORS}\n{below}"
    return initial.encode("utf-8", "replace")


def text_of(content: bytes, *, cut: bool) -> str:
    """Return the text, above the scissors, without empty lines around it."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    if cut:
        text = f"\n{text}".partition(f"\n{SCISSORS}")[0]
    return text.lstrip("\n").rstrip()


def _run(words: list[str]) -> int:
    from subprocess import Popen

    try:
        with ctrl_c_is_for_another():
            return Popen(words).wait()  # noqa: S603 - the user's own command, without a shell
    except OSError as error:
        return error.errno or 1


def _saved_at(draft: Draft) -> int:
    """Return when the file was written; another time for one that was put in its place."""
    try:
        return draft.path.stat().st_mtime_ns
    except OSError:
        return 0


def _end(draft: Draft, *, is_kept: bool) -> None:
    if is_kept:
        draft.keep()
    else:
        draft.discard()
