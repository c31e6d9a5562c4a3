"""Did you mean …."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.nearest import nearest

WORDS = ("status", "tag", "dept", "Alice", "third-party")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("stauts", "status"),
        ("STATUS", "status"),
        ("tga", "tag"),
        ("dpet", "dept"),
        ("alcie", "Alice"),
        ("third", "third-party"),
        ("breached", None),
        ("", None),
        ("s" * 100_000, None),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(word: str, near: str | None):
    assert nearest(word, WORDS) == near


@given(st.text(), st.lists(st.text(max_size=10)))
def test_what_is_near_is_a_candidate(word: str, candidates: list[str]):
    assert nearest(word, candidates) in (None, *candidates)
