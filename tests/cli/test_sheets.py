"""Sheets: what goes into the file comes out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tix.cli.editor import SCISSORS, content_of, text_of
from tix.cli.sheets import Header, Sheet, front_of, parts_of
from tix.text import one_line

NAMES = ("status", "priority", "tags", "subject", "field.order")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"))


@given(st.lists(TEXTS.map(one_line), min_size=len(NAMES), max_size=len(NAMES)), TEXTS, TEXTS)
def test_headers_and_text_come_out_as_they_went_in(values: list[str], text: str, below: str):
    text = text.strip("\n").rstrip()
    sheet = Sheet("edit-1", "tix edit 1", dict(zip(NAMES, values, strict=True)), text)
    headers, written = parts_of(text_of(content_of(front_of(sheet), f"#{below}"), cut=True))

    assert headers == tuple(
        Header(line, name, value) for line, (name, value) in enumerate(sheet.headers.items(), 2)
    )
    assert written.replace(f" {SCISSORS}", SCISSORS) == text.replace(f" {SCISSORS}", SCISSORS)
