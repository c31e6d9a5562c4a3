"""JSON is the exact data, and safe to look at."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import hostile
from tests.output.sample import CARD, TABLE, Ticket, printed
from tix.output import View
from tix.output.as_json import encode

TTY = View(tty=True, tool="tix 0.1.0")
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | hostile,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hostile, inner, max_size=3),
    max_leaves=8,
)


def well_formed(value: object) -> object:
    """Return *value* with lone surrogates replaced, as everything that is printed."""
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(re.sub("[\ud800-\udfff]", "\ufffd", text))


@given(values)
def test_what_is_read_back_is_the_value(value: object):
    assert json.loads(encode(value)) == well_formed(value)


@given(values)
def test_a_value_is_one_line_to_everybody(value: object):
    assert len(encode(value).splitlines()) == 1


@given(st.lists(hostile, max_size=4), st.sampled_from([View(), TTY]))
def test_an_envelope_holds_every_record(subjects: list[str], view: View):
    rows = [Ticket(number, subject) for number, subject in enumerate(subjects)]

    envelope = json.loads(printed(TABLE._replace(rows=rows), "json", view))

    assert envelope == {
        "schema": "tix.ticket_list/1",
        "tool": view.tool,
        "as_of": "2026-11-21T18:30:00Z",
        "total": 3,
        "tickets": [
            {
                "schema": "tix.ticket/1",
                "id": row.id,
                "subject": well_formed(row.subject),
                "due_at": None,
                "tags": [],
            }
            for row in rows
        ],
    }


def test_a_person_gets_it_indented():
    table = TABLE._replace(rows=TABLE.rows[:1])

    assert (
        printed(table, "json", TTY)
        == """\
{
  "schema": "tix.ticket_list/1",
  "tool": "tix 0.1.0",
  "as_of": "2026-11-21T18:30:00Z",
  "total": 3,
  "tickets": [
    {
      "schema": "tix.ticket/1",
      "id": 12,
      "subject": "Refund not received",
      "due_at": "2026-11-21T17:50:00Z",
      "tags": [
        "refund",
        "vip"
      ]
    }
  ]
}
"""
    )
    assert (
        printed(CARD, "json", TTY)
        == """\
{
  "schema": "tix.ticket/1",
  "id": 12,
  "subject": "Refund\\tnot \\u009breceived"
}
"""
    )


def test_lines_are_the_same_for_a_person_and_a_script():
    assert printed(TABLE, "jsonl", TTY) == printed(TABLE, "jsonl", View())


@pytest.mark.parametrize(
    ("name", "schema"), [("tag_list", "tix.tag/1"), ("report", "tix.report_row/1")]
)
def test_a_line_without_a_schema_gets_one_by_the_name_of_the_table(name: str, schema: str):
    table = TABLE._replace(name=name, rows=TABLE.rows[:1], record=lambda row: {"id": row.id})

    assert printed(table, "jsonl") == f'{{"schema":"{schema}","id":12}}\n'


def test_a_record_names_its_own_schema():
    card = CARD._replace(record={"schema": "tix.thing/2", "id": 1})

    assert printed(card, "json") == '{"schema":"tix.thing/2","id":1}\n'


def test_times_are_utc():
    assert encode([datetime(2026, 11, 21, 18, tzinfo=UTC)]) == '["2026-11-21T18:00:00Z"]'


@pytest.mark.parametrize(("value", "error"), [(object(), TypeError), (float("nan"), ValueError)])
def test_what_json_cannot_say_is_a_bug(value: object, error: type[Exception]):
    with pytest.raises(error):
        encode(value)
