"""How people are named, recognised and joined."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import START, Story
from tests.hostile import hostile
from tix.domain.people import (
    Contact,
    Customer,
    customer_number,
    is_about,
    is_address,
    joined_customer,
    normal_address,
    normal_name,
    normal_phone,
    normal_words,
)
from tix.domain.shown import Shown
from tix.errors import UsageError

JO = Customer(
    3,
    START,
    name="Jo Doe",
    addresses=("jo@example.com", "doe@example.org"),
    phones=("+385123456",),
    organisation="Acme",
    location="Split",
    plan="pro",
    group="vip-lane",
    kind="business",
    vip=True,
    since=date(2024, 5, 1),
    tags=("early",),
    preferences={"language": "hr"},
    fields={"iban": "HR12"},
)
ANN = Customer(
    4,
    START,
    addresses=("ann@example.com", "jo@example.com"),
    phones=("112",),
    organisation="Bravo",
    since=date(2023, 1, 1),
    tags=("late", "early"),
    preferences={"language": "en", "copy": "no"},
    fields={"iban": "DE34", "size": "9"},
)


def test_a_contact_is_what_lists_show_of_a_customer() -> None:
    assert JO.contact == Contact(
        3, "Jo Doe", "jo@example.com", "Acme", "vip-lane", "pro", "business", True
    )
    assert Customer(5, START).contact == Contact(5)
    assert JO.id == JO.contact.id == "C-3"


def test_a_contact_is_shown_by_name_else_address_else_number() -> None:
    assert [
        Contact(3, name, address).display
        for name, address in product(("Jo", None), ("jo@example.com", None))
    ] == ["Jo", "Jo", "jo@example.com", "C-3"]


def test_a_shown_ticket_tells_its_contact_if_it_has_a_customer() -> None:
    ticket = Story().ticket

    assert Shown(ticket, JO, (), ()).contact == JO.contact
    assert Shown(ticket, None, (), ()).contact is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("jo@example.com", "jo@example.com"),
        (" Jo.Doe+help@Example.COM\n", "jo.doe+help@example.com"),
        ("straße@example.de", "strasse@example.de"),
        ('"a@b"@example.com', '"a@b"@example.com'),
    ],
)
def test_an_address_is_found_in_any_case(text: str, address: str) -> None:
    assert normal_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jo",
        "@example.com",
        "jo@",
        "jo doe@example.com",
        "jo@example.com, ann@example.com",
        "Jo <jo@example.com>",
        "jo;ann@example.com",
        "-oQ/tmp@example.com",
        "jo\x07@example.com",
        "jo\udcff@example.com",
        "jo@example.com\u202e",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a mail address"):
        normal_address(text)


@given(hostile)
def test_an_address_is_clean_and_normal_however_it_came(text: str) -> None:
    try:
        address = normal_address(f"{text}@example.com")
    except UsageError:
        return
    assert is_address(address)
    assert address.isprintable()
    assert normal_address(address) == address


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("+385 (1) 234-567", "+3851234567"),
        ("00385/1.234.567", "+3851234567"),
        (" 01\u00a0234 567 ", "01234567"),
        ("112", "112"),
    ],
)
def test_a_phone_is_found_however_it_is_written(text: str, phone: str) -> None:
    assert normal_phone(text) == phone


@pytest.mark.parametrize(
    "text", ["", "12", "+", "1" * 16, "12a45", "+1 2 3 x 4", "\u0663\u0664\u0665"]
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a phone number"):
        normal_phone(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Bob", "bob"), (" @alice ", "alice"), ("o.neill-2_x", "o.neill-2_x"), ("Žana", "žana")],
)
def test_a_name_is_a_folded_word(text: str, name: str) -> None:
    assert normal_name(text, "an agent") == name


@pytest.mark.parametrize(
    "text", ["", "@", "7of9", "two words", "a,b", "x:y", "bell\a", "-x", "\udcff"]
)
def test_what_is_no_word_is_no_name(text: str) -> None:
    with pytest.raises(UsageError) as error:
        normal_name(text, "an agent")

    assert error.value.message == f"{text!r} cannot be the name of an agent"
    assert error.value.hint.startswith("A name is one word that begins with a letter")


@pytest.mark.parametrize("text", ["me", "NONE", "@all", "x" * 101])
def test_what_means_something_else_is_no_name(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a department: it means"):
        normal_name(text, "a department")


def test_words_of_a_list_are_folded_and_told_once() -> None:
    assert normal_words("Tax, law,,tax ,Two Words") == ("tax", "law", "two words")
    assert normal_words(" , ") == ()


@pytest.mark.parametrize("text", ["tax,bell\a", "x" * 101, "a,\u202eb"])
def test_a_word_of_a_list_is_neither_steering_nor_endless(text: str) -> None:
    with pytest.raises(UsageError, match="is no word of a list"):
        normal_words(text)


def test_joined_customers_keep_all_that_either_had() -> None:
    assert joined_customer(ANN, JO) == Customer(
        4,
        START,
        name="Jo Doe",
        addresses=("ann@example.com", "jo@example.com", "doe@example.org"),
        phones=("112", "+385123456"),
        organisation="Bravo",
        location="Split",
        plan="pro",
        group="vip-lane",
        kind="business",
        vip=True,
        since=date(2023, 1, 1),
        tags=("late", "early"),
        preferences={"language": "en", "copy": "no"},
        fields={"iban": "DE34", "size": "9"},
    )
    assert joined_customer(Customer(9, START), Customer(8, START)) == Customer(9, START)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], True),
        (["c-3"], True),
        (["JO", "acme"], True),
        (["example.org", "hr12", "123456"], True),
        (["jo", "bravo"], False),
    ],
)
def test_a_customer_is_about_all_the_words_or_not(words: list[str], found: bool) -> None:
    assert is_about(JO, words) is found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C-42", 42),
        ("c42", 42),
        ("C-0", 0),
        ("42", None),
        ("C-", None),
        ("C--4", None),
        ("Carl", None),
    ],
)
def test_a_customer_number_begins_with_a_c(text: str, number: int | None) -> None:
    assert customer_number(text) == number


@pytest.mark.parametrize("text", ["C-" + "9" * 19, "C-\u0663", "", "C-4.2", "Carl"])
def test_no_other_digits_make_a_customer_number(text: str) -> None:
    assert customer_number(text) is None


@given(st.integers(0, 10**18 - 1))
def test_the_id_of_a_customer_leads_to_the_number(number: int) -> None:
    assert customer_number(Customer(number, START).id) == number
