"""A table whose documents stand in lines is the same table, whatever was parsed so far."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tix.store.page import Page, dump, load, look
from tix.store.rows import FEW, Rows, parsed, text_of, written

NUMBERS = {str(n): {"number": n} for n in range(2 * FEW)}

ids = st.sampled_from(["1", "12", "2", 'a"', "a\\", 'a":{', "č\n", ""]) | st.text(max_size=3)
documents = st.dictionaries(st.text(max_size=3), st.text(max_size=5) | st.integers(), max_size=2)
tables = st.dictionaries(ids, documents, max_size=5)
changes = st.dictionaries(ids, st.none() | documents, max_size=3)
steps = st.lists(st.tuples(st.sampled_from(["look", "all", "change"]), ids, changes), max_size=6)


@given(tables, steps)
def test_rows_are_a_dictionary_however_they_are_used(
    table: dict[str, Any], steps: list[tuple[str, str, dict[str, Any]]]
):
    rows = Rows(text_of(table))

    assert dict(rows.first()) == dict(list(table.items())[:1])
    for step, key, changed in steps:
        if step == "look":
            assert rows.get(key) == table.get(key)
        elif step == "all":
            assert list(rows.items()) == list(table.items())
        else:
            _change(rows, changed)
            table = _changed(table, changed)
        assert bool(rows) == bool(table)
        assert dict(rows.first()) == dict(list(table.items())[:1])
    assert rows.text() == text_of(table)
    assert (list(rows), len(rows)) == (list(table), len(table))


@given(st.dictionaries(st.text(max_size=3), tables, max_size=3))
def test_a_page_is_json_of_which_each_document_has_a_line(content: dict[str, dict[str, Any]]):
    content.pop("_file", None)
    page = dump(content)

    assert load("x.json", page) == content
    looked = look("x.json", page)
    assert {name: dict(rows.items()) for name, rows in looked.items()} == content
    assert dump(looked) == page
    assert page.count(b"\n") == 1 + sum(2 + max(1, len(rows)) for rows in content.values())


def test_a_page_that_is_one_line_is_read_as_well():
    page = _in_one_line({"tickets": {"1": {"subject": "x"}}})

    assert look("x.json", page) == {"tickets": {"1": {"subject": "x"}}}


def test_a_page_in_one_line_has_lines_when_it_was_changed():
    page = Page(look("x.json", _in_one_line({"tickets": {"1": {"subject": "x"}}})))

    page.apply("tickets", {"1": None, "2": b'{"subject":"y"}'})

    assert page.dump() == dump({"tickets": {"2": {"subject": "y"}}})


def test_many_looks_find_what_few_find():
    rows = Rows(text_of(NUMBERS))

    assert {key: rows[key] for key in NUMBERS} == NUMBERS
    assert rows.get("none") is None


def test_only_lines_in_which_a_word_stands_are_parsed():
    rows = Rows(text_of({"1": {"a": 1}, "2": {"b": 2}, "3": {"c": "a"}, "4": {}}))

    assert rows.holding([b'"a":', b'"b":']) == {"1": {"a": 1}, "2": {"b": 2}}


def test_a_look_at_all_once_finds_what_all_other_looks_find():
    rows = Rows(text_of(NUMBERS))

    assert rows.once() == NUMBERS
    assert dict(rows.items()) == rows.once()
    assert [*Page({"t": Rows(text_of(NUMBERS))}).passing("t")] == [*NUMBERS.values()]
    assert [*Page({"t": NUMBERS}).passing("t")] == [*NUMBERS.values()]


def test_words_find_all_where_everything_is_parsed_already():
    rows = Rows(text_of({"1": {"a": 1}, "2": {"b": 2}}))
    rows.items()

    assert rows.holding([b'"a":']) == {"1": {"a": 1}, "2": {"b": 2}}


def test_a_document_that_is_no_object_is_kept_as_it_is():
    rows = Rows(b'"1":3,\n"2":{"a":1}')
    found: object = rows["1"]

    assert found == 3
    assert rows.text() == b'"1":3,\n"2":{"a":1}'


def test_a_document_that_was_written_is_parsed_to_the_same():
    assert parsed(written({"a": "č\n", "b": [1, None]})) == {"a": "č\n", "b": [1, None]}


def _change(rows: Rows, changes: dict[str, Any]) -> None:
    rows.change({key: None if one is None else written(one) for key, one in changes.items()})


def _changed(table: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in {**table, **changes}.items() if one is not None}


def _in_one_line(tables: dict[str, Any]) -> bytes:
    """Return a page as it was written before documents had lines."""
    from hashlib import sha256

    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    rest = b'"}},' + text[1:].encode() + b"\n"
    return b'{"_file":{"1":{"sha256":"' + sha256(rest).hexdigest().encode() + rest
