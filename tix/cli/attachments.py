"""``tix show --save DIR``: the files that came with the messages, in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tix.domain.thread import Attachment
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.cli.call import Call
    from tix.domain.shown import Shown

_LONGEST_NAME_BYTES = 150


class _Saved(NamedTuple):
    """An attachment, the ticket and the message that it came with, and where it is now."""

    ticket_id: int
    message: int
    file: Attachment
    path: Path


def save_attachments(call: Call, shown: Iterable[Shown], folder: str) -> None:
    """Write the attachments of *shown* into *folder*, and print where each is.

    What is there with this content already is left as it is.

    Raises:
        CannotCreate: Another file has the name, or nothing may be written there.
    """
    from tix.cli.lists import show_rows
    from tix.cli.newfile import new_file
    from tix.ops.tickets.reads import attachment
    from tix.table import Column, Table

    place = Path(folder)
    files = [_Saved(*one, place / name) for one, name in _named(shown)]
    if files:
        _make(place)
    for saved in files:
        content = attachment(call.desk, saved.file.sha256)
        if not (saved.path.is_file() and saved.path.read_bytes() == content):
            with new_file(saved.path) as file:
                file.write(content)
    table = Table(
        name="attachment_list",
        columns=[
            Column("ticket", lambda row: row.ticket_id, align="right"),
            Column("message", lambda row: row.message, align="right"),
            Column("bytes", lambda row: row.file.size_bytes, align="right"),
            Column("type", lambda row: row.file.type),
            Column("path", lambda row: str(row.path), flexible=True),
        ],
        rows=files,
        record=_record,
        ident=lambda row: str(row.path),
        items="attachments",
        empty="there are no attachments",
    )
    show_rows(call, table, len(files))


def _named(shown: Iterable[Shown]) -> Iterator[tuple[tuple[int, int, Attachment], str]]:
    """Yield each attachment with a name for it that no other one has."""
    taken: set[str] = set()
    for ticket in shown:
        for message in ticket.messages:
            for file in message.attachments:
                number, stem = 1, f"{ticket.ticket.id}-{message.n}"
                while (name := f"{stem}-{_safe(file.name, number)}") in taken:
                    number += 1
                taken.add(name)
                yield (ticket.ticket.id, message.n, file), name


def _safe(name: str, number: int) -> str:
    """Return *name*, a stranger's, as a name in a folder; the *number* tells equal ones apart."""
    name = "".join(c if c.isprintable() and c not in "/\\:" else "_" for c in name).lstrip(".")
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem and len(ending) < 20 else (name, "")
    stem = stem.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore") or "file"
    return f"{stem}{f'-{number}' if number > 1 else ''}{ending}"


def _make(place: Path) -> None:
    from tix.errors import CannotCreate

    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotCreate(f"{place} cannot be made: {problem.strerror}") from None


def _record(row: _Saved) -> dict[str, object]:
    return {
        "schema": "tix.attachment/1",
        "ticket": row.ticket_id,
        "message": row.message,
        **row.file._asdict(),
        "path": str(row.path),
    }
