"""CSV as it comes: what is a row, and what is wrong with what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import hostile
from tests.ops.imports import sheet
from tix.errors import BadData
from tix.ops.importing.problems import Problem
from tix.ops.importing.rows import Row
from tix.text import safe_cell, unsafe_cell


def rows(text: str | bytes, **how: str) -> list[Row | Problem]:
    return list(sheet(text, **how).rows())


def whys(text: str | bytes, **how: str) -> list[str]:
    return [str(row) for row in rows(text, **how) if isinstance(row, Problem)]


def test_each_row_knows_the_line_on_which_it_begins():
    text = 'a,b\n1,"two\nlines"\n\n3,4\n'

    assert rows(text) == [Row(2, ["1", "two\nlines"]), Row(5, ["3", "4"])]


def test_a_file_can_be_read_again_from_its_start():
    again = sheet("a\n1\n")

    assert list(again.rows()) == list(again.rows()) == [Row(2, ["1"])]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_the_header_tells_the_delimiter(between: str):
    found = sheet(between.join(("a", '"b,;\tb"', "c")) + "\n")

    assert found.header == ["a", "b,;\tb", "c"]


def test_a_declared_delimiter_stands_above_the_header():
    assert sheet("a,b;c\n", delimiter=";").header == ["a,b", "c"]


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_part_of_the_text():
    found = sheet(b"\xef\xbb\xbfa,b\r\n1,2\r\n")

    assert (found.header, list(found.rows())) == (["a", "b"], [Row(2, ["1", "2"])])


def test_latin_1_is_read_where_it_is_declared():
    assert rows("a\ncafé\n".encode("latin-1"), encoding="latin-1") == [Row(2, ["café"])]


def test_bytes_that_are_not_utf_8_are_named_with_their_place():
    assert whys("a,b\n1,2\ncafé,3\n".encode("latin-1")) == [
        (
            "old.csv line 3: byte 0xe9 after 'caf' is not utf-8; "
            "if it is Latin-1, say encoding = 'latin-1' in the map"
        )
    ]


def test_a_byte_that_another_encoding_does_not_have_is_named_as_well():
    assert whys(b"a\n\x81\n", encoding="cp1252") == [
        "old.csv line 2: byte 0x81 after '' is not cp1252"
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1\n", "old.csv line 2: 1 cell where the header has 2"),
        ("a,b\n1,2,3\n", "old.csv line 2: 3 cells where the header has 2"),
        ("a\n\0\n", "old.csv line 2: it holds a NUL"),
        ('a\n"x\ny', "old.csv line 2: a quote opens here and never closes"),
        ('a\n"x"y\n', "old.csv line 2: a quoted cell goes on after its closing quote"),
        ("a\nx\ry\n", "old.csv line 2: a carriage return stands inside the row"),
    ],
)
def test_a_row_that_is_none_says_why(text: str, why: str):
    assert whys(text) == [why]


def test_rows_after_a_bad_one_are_read():
    assert rows('a,b\n"x"y,1\n3,4\n')[-1] == Row(3, ["3", "4"])


def test_a_cell_that_is_too_long_is_refused_and_not_kept_in_memory():
    text = "a\n" + "x\n" + '"' + "y" * 20_000_000 + "\n" + "y" * 20_000_000 + '"\n'

    assert whys(text) == ["old.csv line 3: a cell is longer than 32 MB; is a quote never closed?"]


def test_a_line_without_end_is_refused():
    with pytest.raises(BadData, match="line 2 is longer than 32 MB"):
        rows("a\n" + "x" * 33 * 1024 * 1024)


@pytest.mark.parametrize("text", ["", "\n", " \n1\n"])
def test_an_empty_file_is_refused(text: str):
    with pytest.raises(BadData, match="is empty"):
        sheet(text)


@pytest.mark.parametrize("content", ["a,b\n".encode("utf-16"), b"PK\x03\x04\n"])
def test_a_file_of_another_kind_is_refused(content: bytes):
    with pytest.raises(BadData, match=r"old\.csv is no CSV file"):
        sheet(content)


def test_a_header_that_cannot_be_read_is_refused():
    with pytest.raises(BadData, match="the header cannot be read: it holds a NUL"):
        sheet("a\0\n")


@given(st.lists(st.tuples(hostile, hostile), max_size=5))
def test_what_a_spreadsheet_was_kept_from_comes_back(cells: list[tuple[str, str]]):
    import csv
    import io

    texts = [
        tuple("".join(c for c in cell if c not in "\0\r" and c.isprintable()) for cell in row)
        for row in cells
    ]
    out = io.StringIO()
    csv.writer(out).writerows([("a", "b"), *(map(safe_cell, row) for row in texts)])

    found = rows(out.getvalue())

    assert [tuple(map(unsafe_cell, row.cells)) for row in found if isinstance(row, Row)] == texts


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_problems_or_refused(content: bytes):
    try:
        found = rows(content)
    except BadData:
        return
    assert all(isinstance(row, Row | Problem) for row in found)
