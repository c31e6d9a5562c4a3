"""Tables and cards on a terminal: widths, colours, groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import hostile
from tests.output.sample import CARD, COLUMNS, TABLE, Ticket, printed
from tix.output import View
from tix.output.text import paint
from tix.text import one_line, width

COLOR = View(color=True)


def test_the_flexible_column_is_cut_to_the_width_of_the_terminal():
    assert (
        printed(TABLE, "table", View(width=62))
        == """\
 ID  PRIO    ASSIGNEE  DUE     TAGS        VIP    SUBJECT
 12  urgent  alice     21.11.  refund,vip  true   Refund not…
  7  low     —         02.01.              false  日本語 | a…
115  normal  —                 -x          false  =1+1, "quot…
"""
    )


def test_without_a_flexible_column_the_last_is_cut():
    table = TABLE.select(["subject", "priority", "tags"])
    table = table._replace(columns=[column._replace(flexible=False) for column in table.columns])

    assert (
        printed(table, "table", View(width=32))
        == """\
SUBJECT              PRIO    TAGS
Refund not received  urgent  refund,vip
日本語 | a b \\red    low
=1+1, "quoted" ελ…   normal  -x
"""
    )


def test_of_several_flexible_columns_the_widest_is_cut_first():
    name = COLUMNS[2]._replace(flexible=True)
    row = Ticket(1, "a long subject that has to give way", assignee="a fairly long name")
    table = TABLE._replace(columns=[name, COLUMNS[-1]], rows=[row])

    assert (
        printed(table, "table", View(width=40))
        == """\
ASSIGNEE            SUBJECT
a fairly long name  a long subject that…
"""
    )
    assert (
        printed(table, "table", View(width=26))
        == """\
ASSIGNEE        SUBJECT
a fairly long…  a long su…
"""
    )


def test_columns_keep_their_headings_however_narrow_the_terminal():
    assert (
        printed(TABLE.select(["id", "subject"]), "table", View(width=1))
        == """\
 ID  SUBJECT
 12  Refund no…
  7  日本語 |…
115  =1+1, "qu…
"""
    )


def test_colours_do_not_move_the_columns():
    assert (
        printed(TABLE.select(["id", "priority", "subject"]), "table", COLOR)
        == """\
\x1b[1m ID  PRIO    SUBJECT\x1b[0m
 12  \x1b[1;31murgent\x1b[0m  Refund not received
  7  low     日本語 | a b \\red
115  normal  =1+1, "quoted" ελ…
"""
    )


def test_rows_of_one_group_stand_under_one_heading():
    grouped = TABLE.select(["id", "tags"])._replace(
        group=lambda ticket: "\x1b[5msomebody" if ticket.assignee else "nobody"
    )

    assert (
        printed(grouped, "table", COLOR)
        == """\
\x1b[1m ID  TAGS\x1b[0m

\x1b[1msomebody\x1b[0m
 12  refund,vip

\x1b[1mnobody\x1b[0m
  7
115  -x
"""
    )


@pytest.mark.parametrize("assignees", [[None], [None, None], ["a", None], [None, "a", None]])
def test_a_column_of_empty_cells_keeps_its_rows(assignees: list[str | None]):
    name = COLUMNS[2]._replace(human=None, title="")
    rows = [Ticket(1, "x", assignee=assignee) for assignee in assignees]

    text = printed(TABLE._replace(columns=[name], rows=rows), "table")

    assert text == "".join(f"{name or ''}\n" for name in ["", *assignees])


def test_marks_that_take_no_column_do_not_shift_the_others():
    rows = [Ticket(1, "\u0301", assignee="日"), Ticket(2, "b", assignee="\u0301")]
    table = TABLE.select(["subject", "assignee", "id"])._replace(rows=rows)

    assert (
        printed(table, "table")
        == """\
SUBJECT  ASSIGNEE  ID
         日         1
b                   2
"""
    )


@given(st.lists(hostile, min_size=1, max_size=5), hostile)
def test_whatever_is_in_the_cells_the_last_column_begins_in_one_place(
    subjects: list[str], name: str
):
    rows = [Ticket(7, subject, assignee=name) for subject in subjects]
    table = TABLE.select(["assignee", "subject", "id"])._replace(rows=rows)

    header, *lines = printed(table, "table").splitlines()

    assert {width(line) for line in lines} == {width(header)}


@given(st.lists(hostile, min_size=1, max_size=5), st.integers(40, 120))
def test_a_table_fits_the_terminal(subjects: list[str], columns: int):
    rows = [Ticket(number, subject) for number, subject in enumerate(subjects)]
    table = TABLE.select(["id", "vip", "subject"])._replace(rows=rows)

    lines = printed(table, "table", View(width=columns)).splitlines()

    assert [line for line in lines if width(line) > columns] == []


@given(hostile)
def test_painted_text_is_still_the_text(text: str):
    rows = [Ticket(1, text, "urgent")]
    table = TABLE.select(["subject", "priority"])._replace(rows=rows)
    red = table.columns[0]._replace(style=lambda _: "red", title="")
    shown = one_line(text) if width(one_line(text)) else ""

    _, line = printed(table._replace(columns=[red]), "table", COLOR).split("\n", 1)

    assert line == paint(shown, "red" if shown else None) + "\n"


def test_a_page_is_wrapped_and_painted_for_the_terminal():
    assert (
        printed(CARD, "table", View(width=24, color=True))
        == """\
\x1b[1m12  Refund not received\x1b[0m
\x1b[2mStatus\x1b[0m    open
\x1b[2mCustomer\x1b[0m  Acme
          <ops@acme.test>
\x1b[2mTags\x1b[0m

\x1b[1;36mAcme, Sat 21 Nov 17:20\x1b[0m
  Hello,
  where is my money? I
  have been waiting.

      Order *12*
  # now

\x1b[1mnote by alice\x1b[0m
  call back
"""
    )


def test_plain_text_has_no_colour_and_no_width():
    assert printed(CARD, "plain", View(width=24, color=True)) == printed(CARD, "table")


@given(hostile)
def test_no_line_of_a_message_looks_like_a_heading(text: str):
    card = CARD._replace(pairs=(), blocks=[CARD.blocks[0]._replace(text=text)])

    title, gap, heading, *lines = printed(card, "table").removesuffix("\n").split("\n")

    assert (title, gap, heading) == ("12  Refund not received", "", "Acme, Sat 21 Nov 17:20")
    assert [line for line in lines if line and not line.startswith("  ")] == []


@pytest.mark.parametrize(
    ("style", "painted"),
    [(None, "x"), ("", "x"), ("dim", "\x1b[2mx\x1b[0m"), ("bold green", "\x1b[1;32mx\x1b[0m")],
)
def test_styles_are_words(style: str | None, painted: str):
    assert paint("x", style) == painted
