"""What of a Zendesk export was left out or taken otherwise than it stands: counted and named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.ops.importing.problems import named

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Kind(NamedTuple):
    one: str
    many: str
    what: str
    counts_rows: bool = False


KINDS = {
    "comment": _Kind("comment", "comments", "on tickets that are not in the export", True),
    "empty": _Kind("comment", "comments", "without text, on tickets", True),
    "tag": _Kind("tag", "tags", "on tickets that are not in the export", True),
    "change": _Kind("change", "changes", "of tickets that are not in the export", True),
    "merged": _Kind("ticket", "tickets", "merged into others and not in the export"),
    "requester": _Kind("person", "people", "without a row, now customers known by id alone"),
    "assignee": _Kind("assignee", "assignees", "not among the agents, kept as a field"),
    "group": _Kind("group", "groups", "without a row, kept as a field"),
    "organisation": _Kind("organisation", "organisations", "without a row"),
    "address": _Kind("mail address", "mail addresses", "that are none"),
    "phone": _Kind("phone number", "phone numbers", "that are none"),
    "status": _Kind("status", "statuses", "that mean nothing here, taken as open"),
    "priority": _Kind("priority", "priorities", "that mean nothing here"),
    "type": _Kind("type", "types", "that mean nothing here"),
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
