"""Which file of the desk holds which record: pure arithmetic on numbers and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = "tickets.json"
PEOPLE = "people.json"
SETUP = "setup.json"

ALERTS = "alerts"

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


def settled_measures(ticket_id: int) -> str:
    """Return the page with what was measured of the settled tickets around *ticket_id*."""
    block = ticket_id // BLOCK
    return f"settled/{block // 100:02d}/{block}.measures.json"


def is_measures(name: str) -> bool:
    """Return whether *name* is that of a page with what was measured, and can be made anew."""
    return name.endswith(".measures.json")


def block_of(name: str) -> str:
    """Return what the names of all pages of one block of settled tickets begin with."""
    return name.removesuffix(".json").removesuffix(".history").removesuffix(".measures")


def twin(name: str) -> str | None:
    """Return the page without which *name* is never there; None if it stands for itself."""
    if not name.startswith("settled/") or is_measures(name):
        return None
    heads = name.removesuffix(".json").removesuffix(".history")
    return f"{heads}.json" if name.endswith(".history.json") else f"{heads}.history.json"


def customers(number: int) -> str:
    """Return the page with customer *number*."""
    return f"customers/{number // CUSTOMER_BLOCK}.json"


def operations(number: int) -> str:
    """Return the page with operation *number*."""
    return f"ops/{number // OPERATION_BLOCK}.json"


def key(kind: str, value: str) -> tuple[str, str]:
    """Return the page and the document id under which an exact key is found."""
    from tix.digest import sha256

    digest = sha256(f"{kind}:{value}".encode()).hexdigest()
    return f"keys/{digest[:2]}.json", digest


def pages_of(table: str, key: str, document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the pages that a document can stand on; None if its table is unknown."""
    pages = _PAGES.get(table)
    return None if pages is None else pages(key, document)


def _only(page: str) -> Callable[[str, Mapping[str, Any]], tuple[str, ...]]:
    return lambda key, document: (page,)


_PAGES: dict[str, Callable[[str, Mapping[str, Any]], tuple[str, ...]]] = {
    "desk": _only(ROOT),
    "contacts": _only(ROOT),
    "touched": _only(ROOT),
    ALERTS: _only(ROOT),
    "tickets": lambda key, _: (ROOT, settled_heads(int(key))),
    "events": lambda _, event: (history(event["ticket_id"]), settled_history(event["ticket_id"])),
    "customers": lambda key, _: (customers(int(key)),),
    "measures": lambda _, told: (settled_measures(told["of"]),),
    "agents": _only(PEOPLE),
    "departments": _only(PEOPLE),
    "queries": _only(SETUP),
    "setup": _only(SETUP),
    "operations": lambda key, _: (operations(int(key)),),
    "keys": lambda key, _: (f"keys/{key[:2]}.json",),
}
