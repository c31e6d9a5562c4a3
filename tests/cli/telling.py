"""What tests of commands ask: how one failed, what it changed, what a file system holds."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


def error(desk: Desk, line: str | list[str], code: int, **how: Any) -> str:
    """Run a command that must print nothing, end with *code* and change no byte of the desk.

    Return what it says of it on standard error.
    """
    before = content(desk.home)
    result = desk.run(line, **how)
    assert (result.stdout, result.code) == ("", code), result
    assert content(desk.home) == before
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("tix: error: ")
    assert result.stderr.count("tix: error: ") == 1
    return result.stderr.removeprefix("tix: error: ")


def told(message: str, hint: str = "", usage: str = "") -> str:
    """Return how an error is told, as ``error`` returns it."""
    lines = [message, hint and f"hint: {hint}", usage and f"usage: {usage}"]
    return "".join(f"{line}\n" for line in lines if line)


def content(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below *folder*, but for the lock and ``@last``."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock" and not path.name.startswith("last-")
    }
