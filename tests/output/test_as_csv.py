"""CSV is read back by any reader, and harmless in a spreadsheet if asked for."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from tests.hostile import hostile
from tests.output.sample import COLUMNS, TABLE, Ticket, printed
from tix.output import View
from tix.table import Column
from tix.text import clean, unsafe_cell

SAFE = View(csv_safe=True)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(hostile, hostile)
def test_a_reader_gets_back_the_clean_text(subject: str, name: str):
    table = TABLE.select(["subject", "assignee"])
    table = table._replace(rows=[Ticket(1, subject, assignee=name), Ticket(2, name)])

    assert read(printed(table, "csv")) == [
        ["subject", "assignee"],
        [clean(subject, keep_newlines=True), clean(name, keep_newlines=True)],
        [clean(name, keep_newlines=True), ""],
    ]


@given(hostile)
def test_a_safe_cell_gives_back_the_clean_text(subject: str):
    table = TABLE.select(["subject"])._replace(rows=[Ticket(1, subject)])

    (_, (cell,)) = read(printed(table, "csv", SAFE))

    assert unsafe_cell(cell) == clean(subject, keep_newlines=True)


@pytest.mark.parametrize("sign", list("=+-@\t\n＝＋－＠"))
def test_with_csv_safe_no_text_begins_like_a_formula(sign: str):
    table = TABLE.select(["subject", "tags"])
    table = table._replace(rows=[Ticket(1, f"{sign}cmd|' /C calc'!A0", tags=(f"{sign}1", "b"))])

    assert read(printed(table, "csv", SAFE)) == [
        ["subject", "tags"],
        [f"'{sign}cmd|' /C calc'!A0", f"'{sign}1,b"],
    ]


def test_numbers_below_zero_are_no_formulas():
    minus: Column[Ticket] = Column("minus", lambda ticket: -ticket.id)
    share: Column[Ticket] = Column("share", lambda ticket: -ticket.id / 8)
    table = TABLE._replace(columns=[COLUMNS[0], minus, share])

    assert (
        printed(table, "csv", SAFE)
        == "id,minus,share\n12,-12,-1.5\n7,-7,-0.875\n115,-115,-14.375\n"
    )
