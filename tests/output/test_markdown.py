"""Markdown that shows the characters of strangers and nothing they meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from markdown_it import MarkdownIt

from tests.hostile import hostile
from tests.output.sample import CARD, TABLE, Ticket, printed
from tix.table import Block
from tix.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def texts(tokens: Iterable[Token]) -> list[str]:
    """Return the text of each inline run, which may hold only text and hard line breaks."""
    runs = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text", "hardbreak", "strong_open"}
            runs.append("".join(child.content or "\n" for child in children))
    return runs


@given(hostile, hostile)
def test_a_table_shows_the_cells(subject: str, name: str):
    table = TABLE.select(["id", "subject", "assignee"])
    table = table._replace(rows=[Ticket(1, subject, assignee=name), Ticket(2, name)])

    tokens = MARKDOWN.parse(printed(table, "md"))

    assert [token.type for token in tokens if token.type.endswith("_open") and not token.level] == [
        "table_open"
    ]
    assert [text.strip() for text in texts(tokens)] == [
        "ID",
        "SUBJECT",
        "ASSIGNEE",
        "1",
        one_line(subject),
        one_line(name) or "—" * (not name),
        "2",
        one_line(name),
        "—",
    ]


@given(hostile, hostile)
def test_a_message_is_a_quotation_of_its_lines(text: str, heading: str):
    card = CARD._replace(pairs=(), blocks=[Block(heading, text)])
    lines = clean(text, keep_newlines=True).expandtabs().split("\n")

    tokens = MARKDOWN.parse(printed(card, "md"))

    kinds = {token.type for token in tokens}
    assert kinds <= {
        "heading_open",
        "heading_close",
        "blockquote_open",
        "blockquote_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
    }
    title, head, *paragraphs = texts(tokens)
    assert (title, head) == ("12 Refund not received", one_line(heading))
    shown = [line.replace("\xa0", " ") for text in paragraphs for line in text.split("\n")]
    assert [line.split() for line in shown] == [line.split() for line in lines if line.strip()]
