"""The first map that is guessed from a file: it reads the file it was made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commandline import ROOT
from tests.hostile import hostile
from tests.ops.desks import Clock, make_desk
from tests.ops.imports import by_map, sheet, tickets
from tix.errors import BadData
from tix.ops.importing.guess import guess
from tix.ops.importing.maps import Map, read_map

if TYPE_CHECKING:
    from tix.desk import Desk


def guessed(text: str | bytes) -> str:
    return guess(sheet(text), "old")


def read(text: str) -> Map:
    return read_map(guessed(text), Path("old.toml"))


def test_headers_tell_what_they_are_usually_called():
    found = read(
        "Ticket ID,Title,E-Mail,Full name,Phone,Company,Date Created,Due,Status,Severity,Type,"
        "Product,Sub-product,Labels,Via,Owner,Team,Colour\n"
        "1,a,jo@x.com,Jo,+1,Acme,2026-11-01,2026-12-01,Solved,Major,Bug,Car,Wheel,x,web,al,it,red\n"
    )

    assert found.id == ("Ticket ID",)
    assert found.columns == {
        "subject": ("Title",),
        "customer.email": ("E-Mail",),
        "customer.name": ("Full name",),
        "customer.phone": ("Phone",),
        "customer.organisation": ("Company",),
        "created": ("Date Created",),
        "due": ("Due",),
        "status": ("Status",),
        "priority": ("Severity",),
        "type": ("Type",),
        "category": ("Product", "Sub-product"),
        "tags": ("Labels",),
        "channel": ("Via",),
        "assignee": ("Owner",),
        "department": ("Team",),
        "fields.colour": ("Colour",),
    }
    assert found.values == {
        "status": {"Solved": "resolved"},
        "priority": {"Major": "high"},
        "type": {"Bug": "incident"},
    }
    assert (found.date, sorted(found.creates)) == (("iso",), ["agents", "departments"])


def test_values_tell_what_no_header_does():
    found = read(
        "Text of it,Answer,Who wrote\nThe door is open again,Closed well,a@x.com\n"
        "The window does not open,In progress,b@x.com\n"
    )

    assert found.columns == {
        "subject": ("Text of it",),
        "status": ("Answer",),
        "customer.email": ("Who wrote",),
    }
    assert found.values["status"] == {"Closed well": "closed", "In progress": "open"}


def test_a_state_of_a_country_is_no_status():
    assert read("Title,State\na,TX\nb,CA\n").columns == {
        "subject": ("Title",),
        "fields.state": ("State",),
    }


def test_a_company_alone_is_no_customer():
    assert "customer.organisation" not in read("Title,Company\na,Acme\n").columns


def test_dates_are_in_the_form_that_reads_all_of_them():
    found = read("Title,Created,Closed,Due\na,24.11.2025,2025-11-24,\nb,01.02.2025,2025-11-25,\n")

    assert (found.date, found.dates) == (("eu",), {"closed": ("iso",)})


def test_dates_that_can_be_read_in_two_ways_are_told():
    assert '# every date could also be "eu"' in guessed("Title,Created\na,1/2/2025\n")
    assert '# every date could also be "eu"' not in guessed("Title,Created\na,1/22/2025\n")


def test_a_column_of_times_that_is_no_field_is_told():
    assert 'fields.sent = "Sent"  # a time' in guessed("Title,Sent\na,2026-11-01\n")
    assert 'fields.zip = "Zip"\n' in guessed("Title,Zip\na,12345\n")


def test_a_column_of_texts_is_no_time():
    assert read("Title,Date\na,soon\n").columns["fields.date"] == ("Date",)


def test_null_words_and_empty_columns_are_told():
    text = guessed("Title,A,B,B,\na,N/A,1,2,\nb,x,1,2,\n")

    assert 'null = ["N/A"]' in text
    assert '# "B" is empty or comes twice' in text


def test_an_id_that_is_no_id_is_none():
    assert read("ID,Title\n1,a\n1,b\n").id == ()
    assert read("ID,Title\n1,a\n,b\n").id == ()


def test_many_values_have_a_rest():
    rows = "".join(f"a,Level {n}\n" for n in range(50))

    assert '"*" = "normal"  # and 10 others' in guessed("Title,Priority\n" + rows)


def test_two_columns_of_one_name_get_two():
    assert set(read("Title,Zip code,ZIP-Code\na,1,2\n").columns) == {
        "subject",
        "fields.zip_code",
        "fields.zip_code_2",
    }


def test_the_same_file_gives_the_same_map():
    text = "Title,Status\na,Open\nb,Closed\n"

    assert guessed(text) == guessed(text)


def test_bad_rows_are_no_hindrance():
    assert read("Title,B\na\nb,1\n").columns["subject"] == ("Title",)


@pytest.mark.parametrize("name", ["complaints.csv", "helpdesk.csv"])
def test_a_guessed_map_reads_the_file(desk: Desk, name: str, request: pytest.FixtureRequest):
    if name == "complaints.csv":
        path = request.getfixturevalue("shared_data") / name
    else:
        path = ROOT / "docs" / "examples" / name
    content = path.read_bytes()

    imported = by_map(desk, content, guessed(content))

    assert imported.total == len(tickets(desk)) == {"complaints.csv": 3186, "helpdesk.csv": 4}[name]


@given(st.lists(st.lists(hostile, min_size=2, max_size=2), min_size=1, max_size=4))
def test_any_file_has_a_map_that_can_be_read(rows: list[list[str]]):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows(rows)
    content = out.getvalue().encode("utf-8", "surrogatepass")
    try:
        toml = guessed(content)
    except BadData:
        return

    by_map(make_desk(Clock()), content, toml, keep_going=True)
