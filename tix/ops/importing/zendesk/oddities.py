"""What of a Zendesk export was left out or taken otherwise than it stands: counted and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.ops.importing.problems import named
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Kind(NamedTuple):
    one: str
    many: str
    what: str
    counts_rows: bool = False


KINDS = {
    "comment": _Kind("comment", "comments", "on tickets not in the export", True),
    "empty": _Kind("comment", "comments", "without text, left out, on tickets", True),
    "tag": _Kind("tag", "tags", "on tickets not in the export", True),
    "change": _Kind("change", "changes", "of tickets not in the export", True),
    "merged": _Kind("ticket", "tickets", "merged into others and not in the export"),
    "requester": _Kind("person", "people", "without a row, now customers known by id alone"),
    "assignee": _Kind("assignee", "assignees", "not among the agents, kept as a field"),
    "group": _Kind("group", "groups", "without a row, kept as a field"),
    "organisation": _Kind("organisation", "organisations", "without a row"),
    "address": _Kind("mail address", "mail addresses", "in a wrong form"),
    "phone": _Kind("phone number", "phone numbers", "in a wrong form"),
    "status": _Kind("status", "statuses", "unknown here, taken as open"),
    "priority": _Kind("priority", "priorities", "unknown here"),
    "type": _Kind("type", "types", "unknown here"),
}


class Oddities:
    """Gathers what is odd: its kind, and the id or word that it is about."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def note(self, kind: str, name: str) -> None:
        """Remember something of a *kind* in ``KINDS``."""
        self._names.setdefault(kind, []).append(name)

    def sentences(self) -> Iterator[str]:
        """Return a sentence for each kind that came up."""
        for name, kind in KINDS.items():
            names = self._names.get(name)
            if names:
                count = len(names) if kind.counts_rows else len(set(names))
                left_out = "" if "," in kind.what else ", left out"
                noun = kind.one if count == 1 else kind.many
                yield f"{count} {noun} {kind.what}{left_out}: {named(names)}"
