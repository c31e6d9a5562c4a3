"""Interactive shells on a terminal, with the completions of tix loaded, to press TAB in."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pexpect

from tests.commandline import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = {"bash": "tix.bash", "zsh": "_tix", "fish": "tix.fish"}
TAB, ENTER, SHOW, CLEAR = "\t", "\r", "\x14", "\x15"
_SIZE = (100, 120)

_START = {
    "bash": r"""
PS1='$ '
bind 'set bell-style none'
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind 'set enable-bracketed-paste off'
_show() { printf '%s' "$READLINE_LINE" > typed; printf '<%s>' shown; }
bind -x '"\C-t": _show'
source "$SCRIPT"
""",
    "zsh": r"""
PS1='$ '
fpath=(scripts $fpath)
autoload -Uz compinit && compinit -u -d dump
unsetopt beep
LISTMAX=0
_show() { print -rn -- "$BUFFER" > typed; print -n "<shown>" > /dev/tty }
zle -N _show
bindkey '^t' _show
""",
    "fish": r"""
set fish_greeting
function fish_prompt; echo '$ '; end
function _show; commandline > typed; printf '<%s>' shown > /dev/tty; end
bind \ct _show
bind \cu 'commandline ""'
source "$SCRIPT"
""",
}
_COMMAND = {
    "bash": ["--noprofile", "--rcfile", "start", "-i"],
    "zsh": ["-d", "-i"],
    "fish": ["--no-config", "-i", "-C", "source start"],
}
# Answers as tix does, and writes down that it was started; other command lines are only noted.
_TOOL = """\
#!/bin/sh
echo "$@" >> "$HOME/started"
[ "$1" = __complete ] && exec {python} -m tix "$@"
printf '%s\\n' "$@" > "$HOME/ran"
printf '<%s>' ran > /dev/tty
"""


class Shell:
    """One shell that runs; ``typed`` and ``listed`` press TAB behind a line."""

    def __init__(self, name: str, home: Path) -> None:
        self.name = name
        self.home = home
        (home / "bin").mkdir()
        (home / "scripts").mkdir()
        shutil.copy(ROOT / "completions" / SCRIPTS[name], home / "scripts")
        tool = home / "bin" / "tix"
        tool.write_text(_TOOL.format(python=sys.executable))
        tool.chmod(0o755)
        (home / (".zshrc" if name == "zsh" else "start")).write_text(_START[name])
        path = f"{home / 'bin'}:{os.environ['PATH']}"
        script = str(home / "scripts" / SCRIPTS[name])
        env = environment(home) | {"PATH": path, "SCRIPT": script, "ZDOTDIR": str(home)}
        self._child: pexpect.spawn[str] = pexpect.spawn(
            name,
            _COMMAND[name],
            env=env,
            cwd=str(home),
            dimensions=_SIZE,
            encoding="utf-8",
            codec_errors="replace",
            timeout=20,
        )
        self._child.delaybeforesend = None
        self._child.expect_exact("$ ")

    def typed(self, line: str) -> str:
        """Return what stands on the command line after TAB was pressed behind *line*."""
        self._press(line + TAB)
        return (self.home / "typed").read_text("utf-8").rstrip("\n")

    def entered(self, line: str) -> list[str]:
        """Return the words that tix gets when the line is entered after TAB."""
        self._child.send(line + TAB + ENTER)
        self._child.expect_exact("<ran>")
        self._press("")
        return (self.home / "ran").read_text("utf-8").splitlines()

    def listed(self, line: str) -> str:
        """Return what the terminal shows when TAB is pressed as often as it takes for a list."""
        return self._press(line + TAB + TAB)

    def started(self) -> list[str]:
        """Return the command lines of tix since the last call."""
        mark = self.home / "started"
        lines = mark.read_text("utf-8").splitlines() if mark.exists() else []
        mark.unlink(missing_ok=True)
        return lines

    def close(self) -> None:
        self._child.close(force=True)

    def _press(self, keys: str) -> str:
        self._child.send(keys)
        self._child.send(SHOW)
        self._child.expect_exact("<shown>")
        shown = self._child.before or ""
        self._child.send(CLEAR)
        return shown
