"""Each format, whole, of the same small table and card."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fresh import loads
from tests.hostile import STEERING, hostile
from tests.output.sample import CARD, TABLE, TICKETS, Ticket, printed
from tix.errors import UsageError
from tix.output import FORMATS, View, render
from tix.table import Block, Card

PRINTED = {
    "table": """\
 ID  PRIO    ASSIGNEE  DUE     TAGS        VIP    SUBJECT
 12  urgent  alice     21.11.  refund,vip  true   Refund not received
  7  low     —         02.01.              false  日本語 | a b \\red
115  normal  —                 -x          false  =1+1, "quoted" ελ…
""",
    "plain": """\
12	urgent	alice	2026-11-21T17:50:00Z	refund,vip	true	Refund not received
7	low		2026-01-02T03:04:05.000600Z		false	日本語 | a\\tb\\n\\x1b[31m\\\\red
115	normal			-x	false	=1+1, "quoted" ελ…
""",
    "tsv": """\
id	priority	assignee	due_at	tags	vip	subject
12	urgent	alice	2026-11-21T17:50:00Z	refund,vip	true	Refund not received
7	low		2026-01-02T03:04:05.000600Z		false	日本語 | a\\tb\\n\\x1b[31m\\\\red
115	normal			-x	false	=1+1, "quoted" ελ…
""",
    "csv": """\
id,priority,assignee,due_at,tags,vip,subject
12,urgent,alice,2026-11-21T17:50:00Z,"refund,vip",true,Refund not received
7,low,,2026-01-02T03:04:05.000600Z,,false,"日本語 | a	b
\\red"
115,normal,,,-x,false,"=1+1, ""quoted"" ελ…"
""",
    "json": (
        '{"schema":"tix.ticket_list/1","tool":"tix 0.1.0","as_of":"2026-11-21T18:30:00Z",'
        '"total":3,"tickets":['
        '{"schema":"tix.ticket/1","id":12,"subject":"Refund not received",'
        '"due_at":"2026-11-21T17:50:00Z","tags":["refund","vip"]},'
        '{"schema":"tix.ticket/1","id":7,"subject":"日本語 | a\\tb\\n\\u001b[31m\\\\red",'
        '"due_at":"2026-01-02T03:04:05.000600Z","tags":[]},'
        '{"schema":"tix.ticket/1","id":115,"subject":"=1+1, \\"quoted\\" ελ…",'
        '"due_at":null,"tags":["-x"]}]}\n'
    ),
    "jsonl": (
        '{"schema":"tix.ticket/1","id":12,"subject":"Refund not received",'
        '"due_at":"2026-11-21T17:50:00Z","tags":["refund","vip"]}\n'
        '{"schema":"tix.ticket/1","id":7,"subject":"日本語 | a\\tb\\n\\u001b[31m\\\\red",'
        '"due_at":"2026-01-02T03:04:05.000600Z","tags":[]}\n'
        '{"schema":"tix.ticket/1","id":115,"subject":"=1+1, \\"quoted\\" ελ…",'
        '"due_at":null,"tags":["-x"]}\n'
    ),
    "ids": "12\n7\n115\n",
    "md": """\
| ID | PRIO | ASSIGNEE | DUE | TAGS | VIP | SUBJECT |
| ---: | --- | --- | --- | --- | --- | --- |
| 12 | urgent | alice | 21\\.11. | refund,vip | true | Refund not received |
| 7 | low | — | 02\\.01. |  | false | 日本語 \\| a b \\\\red |
| 115 | normal | — |  | \\-x | false | \\=1+1, "quoted" ελ… |
""",
}

PAGE = """\
12  Refund not received
Status    open
Customer  Acme <ops@acme.test>
Tags

Acme, Sat 21 Nov 17:20
  Hello,
  where is my money? I have been waiting.

      Order *12*
  # now

note by alice
  call back
"""

CARDS = {
    "table": PAGE,
    "plain": PAGE,
    "tsv": "id\tsubject\ttags\n12\tRefund\\tnot received\trefund,vip\n",
    "csv": 'id,subject,tags\n12,Refund\tnot received,"refund,vip"\n',
    "json": '{"schema":"tix.ticket/1","id":12,"subject":"Refund\\tnot \\u009breceived"}\n',
    "jsonl": '{"schema":"tix.ticket/1","id":12,"subject":"Refund\\tnot \\u009breceived"}\n',
    "ids": "12\n",
    "md": """\
# 12 Refund not received

- **Status:** open
- **Customer:** Acme \\<ops@acme.test\\>
- **Tags:**

## Acme, Sat 21 Nov 17:20

> Hello,\\
> where is my money? I have been waiting.
>
> &nbsp;&nbsp;&nbsp;&nbsp;Order \\*12\\*\\
> \\# now

## note by alice

> call back
""",
}


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_table(fmt: str):
    assert printed(TABLE, fmt) == PRINTED[fmt]


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_card(fmt: str):
    assert printed(CARD, fmt) == CARDS[fmt]


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        ("table", ""),
        ("plain", ""),
        ("tsv", "id\tpriority\tassignee\tdue_at\ttags\tvip\tsubject\n"),
        ("csv", "id,priority,assignee,due_at,tags,vip,subject\n"),
        (
            "json",
            PRINTED["json"].partition("[")[0] + "[]}\n",
        ),
        ("jsonl", ""),
        ("ids", ""),
        ("md", "\n".join(PRINTED["md"].split("\n")[:2]) + "\n"),
    ],
)
def test_a_table_without_rows(fmt: str, text: str):
    assert printed(TABLE._replace(rows=()), fmt) == text


def test_an_unknown_format_is_refused_at_once():
    with pytest.raises(UsageError) as caught:
        render(TABLE, "yaml", View())

    assert (caught.value.message, caught.value.hint) == (
        "unknown output format 'yaml'",
        "The formats are table, plain, tsv, csv, json, jsonl, ids, md.",
    )


def test_output_comes_in_pieces_worth_a_write():
    table = TABLE._replace(rows=[Ticket(number, "x" * 50) for number in range(5000)])

    sizes = [len(piece) for piece in render(table, "plain", View())]

    assert [size for size in sizes[:-1] if not 65_536 <= size < 66_000] == []


VIEWS = st.sampled_from([View(), View(width=60), View(width=20, tty=True), View(csv_safe=True)])


def assert_harmless(text: str) -> None:
    text.encode("utf-8")
    assert re.search(STEERING, text) is None


@pytest.mark.parametrize("fmt", FORMATS)
@given(hostile, hostile, VIEWS)
def test_nothing_a_stranger_writes_in_a_row_steers_a_terminal(
    fmt: str, subject: str, name: str, view: View
):
    rows = [Ticket(1, subject, assignee=name, tags=(name,)), Ticket(2, name)]

    assert_harmless(printed(TABLE._replace(rows=rows, ident=lambda row: row.subject), fmt, view))


@pytest.mark.parametrize("fmt", FORMATS)
@given(hostile, hostile, VIEWS)
def test_nothing_a_stranger_writes_on_a_page_steers_a_terminal(
    fmt: str, text: str, name: str, view: View
):
    card = Card(
        "ticket",
        title=text,
        pairs=[("Name", name), (name, text)],
        fields=[("name", name), (text, (name, text))],
        record={"name": name, "text": [text], text: None},
        ident=name,
        blocks=[Block(name, text)],
    )

    assert_harmless(printed(card, fmt, view))


@pytest.mark.parametrize("fmt", ["table", "plain", "tsv", "jsonl", "ids", "md"])
@given(hostile, hostile, VIEWS)
def test_no_text_can_make_a_row_of_its_own(fmt: str, subject: str, name: str, view: View):
    table = TABLE._replace(rows=[*TICKETS, Ticket(1, subject, assignee=name), Ticket(2, name)])

    more = printed(table, fmt, view).count("\n") - printed(TABLE, fmt, view).count("\n")

    assert more == 2


@pytest.mark.parametrize("fmt", ["plain", "tsv", "csv", "json", "jsonl", "ids", "md"])
def test_only_a_table_on_a_terminal_loads_tabulate(fmt: str):
    code = f"from tests.output.sample import *; printed(TABLE, {fmt!r}); printed(CARD, {fmt!r})"

    assert loads(code, "tabulate") == []


@pytest.mark.parametrize(("subject", "loaded"), [("Zażółć — „1“", []), ("日本", ["wcwidth"])])
def test_the_tables_of_wide_characters_are_loaded_when_there_is_one(
    subject: str, loaded: list[str]
):
    rows = f"TABLE._replace(rows=[Ticket(1, {subject!r})])"

    assert (
        loads(f"from tests.output.sample import *; printed({rows}, 'table')", "wcwidth") == loaded
    )
