"""Somebody whose editor is a shell script, and the drafts they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


def editor(desk: Desk, script: str) -> dict[str, str]:
    """Return the environment in which the editor does *script* to the file ``$1``."""
    file = desk.home / "editor"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return {"TIX_EDITOR": str(file)}


def writing(text: str = "", **headers: str) -> str:
    """Return a script that sets headers, those that are not there yet too, and adds a text."""
    lines = [f'sed -i "s|^{name}:.*|{name}: {value}|" "$1"' for name, value in headers.items()]
    if text:
        # Behind the second line of dashes.
        lines.append(f'sed -i "2,/^---$/s|^---$|---\\\\n{text}|" "$1"')
    return "\n".join(lines)


def drafts(desk: Desk) -> list[Path]:
    """Return the drafts that are left."""
    return sorted(desk.home.glob(".local/state/tix/drafts/*/*.md"))
