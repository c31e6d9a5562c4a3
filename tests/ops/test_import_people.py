"""Who is named in a source: found by address, phone or id, else made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import history, opened, staffed
from tests.ops.imports import by_map, customers, one, tickets
from tix.domain.people import Agent, Department
from tix.ops.people.customers import merge
from tix.ops.people.finding import drop_customer
from tix.ops.tickets.filing import edit
from tix.ops.transactions import writing

if TYPE_CHECKING:
    from tix.desk import Desk

WHOLE = '[ticket]\nsubject = "s"\ncustomer = "c"'
PARTS = """
[ticket]
subject = "s"
customer.id = "id"
customer.email = "mail"
customer.phone = "phone"
customer.name = "name"
customer.organisation = "org"
"""
STAFF = (
    'create = ["agents", "departments"]\n[ticket]\nsubject = "s"\nassignee = "a"\ndepartment = "d"'
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Jo@X.com", ("jo@x.com", None, None, {})),
        ('"Jo, A" <jo@x.com>', ("jo@x.com", None, "Jo, A", {})),
        ("<jo@x.com>", ("jo@x.com", None, None, {})),
        ("+385 1 234", (None, "+3851234", None, {})),
        ("00385 1 234", (None, "+3851234", None, {})),
        ("4711", (None, None, None, {"old": "4711"})),
        ("C-9", (None, None, None, {"old": "C-9"})),
    ],
)
def test_one_text_names_a_customer(desk: Desk, text: str, named: tuple[object, ...]):
    quoted = text.replace('"', '""')
    one(desk, "s,c", f'a,"{quoted}"', WHOLE)

    (made,) = customers(desk)
    assert len(made.addresses) + len(made.phones) <= 1
    address, phone = (next(iter(keys), None) for keys in (made.addresses, made.phones))
    assert (address, phone, made.name, made.fields) == named


def test_several_columns_name_a_customer(desk: Desk):
    one(desk, "s,id,mail,phone,name,org", "a,7,jo@x.com,+385123,Jo,Acme", PARTS)

    (made,) = customers(desk)
    assert (made.name, made.addresses, made.phones, made.organisation, made.fields) == (
        "Jo",
        ("jo@x.com",),
        ("+385123",),
        "Acme",
        {"old": "7"},
    )


def test_a_row_that_names_nobody_has_no_requester(desk: Desk):
    made = one(desk, "s,id,mail,phone,name,org", "a,,,,,Acme", PARTS)

    assert (made.requester, customers(desk)) == (None, [])
    assert history(desk, made.id)[0].by == "import:old"


def test_somebody_named_only_by_name_is_one_of_that_name(desk: Desk):
    by_map(desk, "s,id,mail,phone,name,org\na,,,,Jo,\nb,,,,jo,\nc,,,,Al,\n", PARTS)

    assert [made.requester for made in tickets(desk)] == [1, 1, 2]


def test_who_is_on_the_desk_already_is_found_by_address_and_phone(desk: Desk):
    opened(desk, customer="jo@x.com")
    opened(desk, customer="+385123")

    by_map(desk, "s,id,mail,phone,name,org\na,7,jo@x.com,,,\nb,,,+385123,,\n", PARTS)

    assert [made.requester for made in tickets(desk)] == [1, 2, 1, 2]


def test_who_came_by_id_is_found_by_it_in_a_later_file(desk: Desk):
    by_map(desk, "s,id,mail,phone,name,org\na,7,jo@x.com,,,\n", PARTS)
    by_map(desk, "s,id,mail,phone,name,org\nb,7,new@x.com,,,\n", PARTS)

    assert [made.requester for made in tickets(desk)] == [1, 1]
    assert len(customers(desk)) == 1


def test_who_was_merged_is_found_as_the_one_they_are_now(desk: Desk):
    by_map(desk, "s,c\na,4711\n", WHOLE)
    opened(desk, customer="jo@x.com")
    merge(desk, ["C-1"], "jo@x.com")

    assert one(desk, "s,c", "b,4711", WHOLE).requester == 2


def test_who_was_forgotten_is_made_again(desk: Desk):
    by_map(desk, "s,c\na,4711\n", WHOLE)
    edit(desk, [1], customer="al@x.com")
    with writing(desk, "forget") as tx:
        drop_customer(tx, tx.customers.get(1))

    assert one(desk, "s,c", "b,4711", WHOLE).requester == 3


def test_an_address_of_two_people_leads_to_the_first_and_is_told(desk: Desk):
    imported = by_map(
        desk, "s,id,mail,phone,name,org\na,7,jo@x.com,,,\nb,8,jo@x.com,,,\nc,,jo@x.com,,,\n", PARTS
    )

    assert [made.requester for made in tickets(desk)] == [1, 2, 1]
    assert [(c.addresses, c.fields) for c in customers(desk)] == [
        (("jo@x.com",), {"old": "7"}),
        ((), {"address": "jo@x.com", "old": "8"}),
    ]
    assert imported.oddities == (
        "1 address or phone of several customers, leading to the first of them: jo@x.com",
    )


def test_agents_and_departments_are_made_where_the_map_allows_it(desk: Desk):
    by_map(desk, "s,a,d\na,Bob Ross,24/7 Help\nb,jo@x.com,me\nc,???,???\n", STAFF)

    made = desk.store.read(lambda tx: [*tx.agents.all(), *tx.departments.all()])
    assert made == [
        Agent("agent", None, "???"),
        Agent("bob-ross", None, "Bob Ross"),
        Agent("jo", "jo@x.com", "jo"),
        Department("department", title="???"),
        Department("department-24-7-help", title="24/7 Help"),
        Department("department-me", title="me"),
    ]
    assert [(t.assignee, t.department) for t in tickets(desk)] == [
        ("bob-ross", "department-24-7-help"),
        ("jo", "department-me"),
        ("agent", "department"),
    ]


def test_those_who_are_there_are_found_by_name_title_and_address(desk: Desk):
    staffed(desk, Agent("bob-ross"), Agent("jo", "Jo@x.com"), Agent("al", "al@x.com"))
    with writing(desk, "dept") as tx:
        tx.departments.put(Department("help", title="Help and Care"))

    by_map(
        desk,
        "s,a,d\na,@Bob-Ross,HELP\nb,Bob Ross,Help and care\nc,jo@x.com,help\nd,Alice,help\n"
        "e,al@y.com,help\n",
        STAFF,
    )

    assert [(t.assignee, t.department) for t in tickets(desk)] == [
        ("bob-ross", "help"),
        ("bob-ross", "help"),
        ("jo", "help"),
        ("alice", "help"),
        ("al-2", "help"),
    ]
