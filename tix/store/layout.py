"""Which file of the desk holds which record: pure arithmetic on numbers and keys."""

from __future__ import annotations

ROOT = "tickets.json"
PEOPLE = "people.json"
SETUP = "setup.json"

BLOCK = 100
CUSTOMER_BLOCK = 1000
OPERATION_BLOCK = 1000


def is_page(name: str) -> bool:
    """Return whether the file *name* of a desk is a page; attachments and backups are not."""
    return name.endswith(".json") and not name.startswith(("files/", "backups/", "damaged/"))


def history(ticket_id: int) -> str:
    """Return the page with the events of an unsettled ticket."""
    return f"history/{ticket_id}.json"


def settled_heads(ticket_id: int) -> str:
    """Return the page with the heads of the settled tickets around *ticket_id*."""
    block = ticket_id // BLOCK
    return f"settled/{block // 100:02d}/{block}.json"


def settled_history(ticket_id: int) -> str:
    """Return the page with the events of the settled tickets around *ticket_id*."""
    block = ticket_id // BLOCK
    return f"settled/{block // 100:02d}/{block}.history.json"


def customers(number: int) -> str:
    """Return the page with customer *number*."""
    return f"customers/{number // CUSTOMER_BLOCK}.json"


def operations(number: int) -> str:
    """Return the page with operation *number*."""
    return f"ops/{number // OPERATION_BLOCK}.json"


def key(kind: str, value: str) -> tuple[str, str]:
    """Return the page and the document id under which an exact key is found."""
    from hashlib import sha256

    digest = sha256(f"{kind}:{value}".encode()).hexdigest()
    return f"keys/{digest[:2]}.json", digest
