"""Words that a shell took apart, on one line again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.asking import CONTEXT
from tix.domain.query import joined_line, parse, split_line
from tix.errors import TixError

texts = st.text(st.sampled_from("ab ,:\"\\!=é'"), min_size=1, max_size=8)
heads = st.sampled_from(["", "", "subject:", "tag!=", "customer:", "field.os:"])


@given(st.lists(st.builds(str.__add__, heads, texts), min_size=1, max_size=3))
def test_a_line_reads_as_the_words_it_was_made_of(words: list[str]):
    try:
        asked = parse(words, CONTEXT)
    except TixError:
        assume(False)

    assert parse(split_line(joined_line(words)), CONTEXT).terms == asked.terms


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["is:open", "prio:high.."], "is:open prio:high.."),
        (["two words"], '"two words"'),
        (["customer:Jo Fox,Acme"], 'customer:"Jo Fox",Acme'),
        (['"a b"', "tag!=x"], '"a b" tag!=x'),
    ],
)
def test_only_what_needs_quotes_gets_them(words: list[str], line: str):
    assert joined_line(words) == line
