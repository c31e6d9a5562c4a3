"""Lines for scripts."""

from __future__ import annotations

from hypothesis import given

from tests.hostile import hostile
from tests.output.sample import TABLE, Ticket, printed
from tix.text import escape_tsv


@given(hostile, hostile)
def test_a_row_is_one_line_of_as_many_fields_as_columns(subject: str, name: str):
    table = TABLE.select(["subject", "id", "assignee"])
    table = table._replace(rows=[Ticket(1, subject, assignee=name)])

    assert printed(table, "plain").split("\t") == [
        escape_tsv(subject),
        "1",
        escape_tsv(name) + "\n",
    ]


@given(hostile)
def test_tsv_is_plain_under_a_line_of_names(subject: str):
    table = TABLE._replace(rows=[Ticket(1, subject)])

    names = "id\tpriority\tassignee\tdue_at\ttags\tvip\tsubject\n"
    assert printed(table, "tsv") == names + printed(table, "plain")
