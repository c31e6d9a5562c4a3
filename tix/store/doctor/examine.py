"""A look at everything in a desk's folder that tix wrote there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.store import layout
from tix.store.blobs import FILES
from tix.store.doctor.facts import Facts
from tix.store.doctor.forms import page_of
from tix.store.doctor.records import examine_keys, examine_operations, examine_records
from tix.store.doctor.tickets import TicketCheck
from tix.store.pages import DESK
from tix.store.roster import names_on
from tix.store.transaction import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.store.doctor.view import Records, View

ORPHAN_S = 3600


def examine(view: View) -> Facts:
    """Look at the state of a desk that *view* shows, and tell its report what is wrong."""
    facts = Facts()
    root = view.records(layout.ROOT)
    _miss_pages(view, root or {})
    tickets = TicketCheck(view, facts)
    tickets.unsettled(root)
    tickets.settled()
    examine_records(view, facts)
    examine_operations(view, facts)
    examine_keys(view, facts)
    if root is not None:
        _compare_root(view, facts, root)
    _compare_tickets(view, facts)
    _compare_records(view, facts)
    _examine_files(view, facts)
    return facts


def _miss_pages(view: View, root: Records) -> None:
    """Tell of the pages that the root says there are, and that are nowhere."""
    desk = root.get(DESK, {}).get("1")
    if desk is not None:
        for name in sorted({*names_on(desk.pages or {})}.difference(view.names)):
            view.report.add_page("damaged_file", name, "it is missing")


def _compare_root(view: View, facts: Facts, root: Records) -> None:
    desk = root.get(DESK, {}).get("1")
    if desk is None:
        view.report.add_page("damaged_file", layout.ROOT, "it has no table 'desk'")
        return
    for counter, number in sorted(facts.highest.items()):
        if number > desk.counters.get(counter, 0):
            what = f"the last {counter} is {desk.counters.get(counter, 0)}, and there is {number}"
            view.report.add("low_counter", layout.ROOT, what)
    for contact in root.get(CONTACTS, {}).values():
        if contact != facts.contacts.get(contact.number, contact):
            what = f"what it has of C-{contact.number} is not what the customer says"
            view.report.add("wrong_contact", layout.ROOT, what)


def _compare_tickets(view: View, facts: Facts) -> None:
    """Tell of tickets, customers and operations that are named and are nowhere."""
    report = view.report
    for number in sorted(facts.named - facts.tickets):
        if report.pages.isdisjoint((layout.ROOT, layout.settled_heads(number))):
            report.add_ticket("missing_ticket", number, "an operation names it, it is nowhere")
    for number, ticket in sorted(facts.requesters.items()):
        if number not in facts.customers and layout.customers(number) not in report.pages:
            what = f"ticket {ticket} is theirs, and they are nowhere"
            report.add("missing_customer", f"C-{number}", what)
    for number, ticket in sorted(facts.used.items()):
        if number not in facts.operations and layout.operations(number) not in report.pages:
            what = f"ticket {ticket} has an event of it, and it is nowhere"
            report.add("missing_operation", f"operation {number}", what)


def _compare_records(view: View, facts: Facts) -> None:
    for kind, key in missing_records(view, facts):
        what = "an operation made it, and it is nowhere"
        view.report.add("missing_record", f"{kind} {key}", what)


def missing_records(view: View, facts: Facts) -> Iterator[tuple[str, str]]:
    """Return table and key of records that operations made and that are nowhere."""
    pages = view.report.pages
    if any(name.startswith("ops/") for name in pages):
        return  # it may have been removed by an operation that cannot be read
    for (kind, key), is_there in facts.made.items():
        page = page_of(kind, key)
        if is_there and page and page not in pages and (kind, key) not in facts.records:
            yield kind, key


def _examine_files(view: View, facts: Facts) -> None:
    """Compare the attachments with the events that have them."""
    found = {name.rpartition("/")[2]: name for name in view.names if name.startswith(f"{FILES}/")}
    for sha256, tickets in facts.files.items():
        if sha256 not in found and sha256 not in facts.forgone:
            for ticket in sorted(tickets):
                what = f"it has a file {sha256[:12]}… that is nowhere"
                view.report.add_ticket("missing_file", ticket, what)
    for sha256, name in found.items():
        if view.attachment(sha256) is None:
            view.report.add("damaged_attachment", name, "its checksum does not fit")
            view.report.tickets.update(facts.files.get(sha256, ()))
        elif sha256 not in facts.files and view.age_s(name) > ORPHAN_S:
            view.report.add("orphan", name, "no ticket has this file")
