"""What columns are usually called: which field a header is likely to mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USUAL = {
    "id": "id|ticket id|ticket number|ticket no|case id|case number|complaint id|issue id"
    "|request id|key|reference|number|ticket",
    "subject": "subject|title|summary|issue|topic|short description",
    "body": "body|description|message|details|text|content|comment|comments|narrative"
    "|question|consumer complaint narrative",
    "customer.email": "email|e mail|mail|email address|customer email|requester email"
    "|contact email|from|from email|sender|user email",
    "customer.name": "name|customer|customer name|requester|requester name|contact"
    "|contact name|client|client name|from name|full name|reporter|user name",
    "customer.phone": "phone|telephone|mobile|phone number|customer phone|requester phone",
    "customer.id": "customer id|requester id|client id|contact id|user id|account id",
    "customer.organisation": "organisation|organization|company|account|customer company",
    "created": "created|created at|created on|creation date|date created|date received"
    "|received|received at|opened|opened at|date opened|open date|submitted|submitted at"
    "|date submitted|timestamp|reported|date",
    "updated": "updated|updated at|last updated|date updated|modified|last modified",
    "resolved": "resolved|resolved at|date resolved|resolution date|solved|solved at|completed",
    "closed": "closed|closed at|closed on|date closed|close date|closed date|end date",
    "due": "due|due at|due date|due by|deadline",
    "status": "status|state|current status",
    "priority": "priority|prio|severity|urgency|importance",
    "type": "type|ticket type|kind",
    "category": "category|product|area|component|service",
    "subcategory": "subcategory|sub category|sub product|subproduct|sub area",
    "tags": "tags|tag|labels|label|keywords",
    "channel": "channel|source|via|submitted via|contact method|origin",
    "assignee": "assignee|assigned to|agent|owner|technician|assigned agent|handler",
    "department": "department|dept|group|team|queue",
}
_PREFIXES = ("ticket ", "case ", "request ", "complaint ")


def likely(header: Sequence[str], usual_of: Mapping[str, str] = USUAL) -> dict[str, str]:
    """Return for each field the column that is most likely it; no column is two fields."""
    names = {column: _plain(column, usual_of) for column in header if header.count(column) == 1}
    found: dict[str, str] = {}
    for field, usual in usual_of.items():
        for word in usual.split("|"):
            column = next((c for c, name in names.items() if name == word), None)
            if column is not None:
                found[field] = column
                del names[column]
                break
    return found


def _plain(column: str, usual_of: Mapping[str, str]) -> str:
    """Return the words of a column's name, in small letters."""
    words = " ".join("".join(c if c.isalnum() else " " for c in column.casefold()).split())
    prefix = next((p for p in _PREFIXES if words.startswith(p)), "")
    rest = words.removeprefix(prefix)
    known = {word for usual in usual_of.values() for word in usual.split("|")}
    return words if words in known or rest not in known else rest
