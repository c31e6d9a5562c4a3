"""Customer text made safe; widths."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from wcwidth import wcwidth

from tests.hostile import STEERING, hostile
from tix.text import (
    clean,
    cut,
    escape_markdown,
    escape_tsv,
    is_narrow,
    one_line,
    safe_cell,
    unsafe_cell,
    width,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
columns = st.integers(1, 30)


@given(hostile)
def test_a_clean_line_has_nothing_that_steers_a_terminal(text: str):
    assert re.search(f"{STEERING}|[\t\n]", clean(text)) is None


@given(hostile)
def test_clean_paragraphs_have_nothing_but_tabs_and_newlines_that_steers(text: str):
    assert re.search(STEERING, clean(text, keep_newlines=True)) is None


@given(hostile, st.booleans())
def test_what_is_clean_stays_as_it_is(text: str, keep: bool):
    once = clean(text, keep_newlines=keep)

    assert clean(once, keep_newlines=keep) == once


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[2J",
        "\x1b[1;31m",
        "\x1b[?1049h",
        "\x1b[38:2::1:2:3m",
        "\x9b5A",
        "\x1b]0;title\x07",
        "\x1b]8;;https://x.test\x1b\\",
        "\x9d52;c;ZXZpbA==\x9c",
        "\x1bP+q544e\x1b\\",
        "\x90q#0\x9c",
        "\x1b_G payload\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstring\x9c",
        "\x1bc",
        "\x1b(B",
        "\x1b#8",
        "\x07",
        "\x00",
        "\x7f",
        "\u202e",
        "\u2066",
        "\u200f",
    ],
)
def test_complete_sequences_go_with_all_that_belongs_to_them(sequence: str):
    assert clean(f"be{sequence}fore") == "before"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title", "0;title"),
        ("\x1b]0;one\nline\x07", "0;one line"),
        ("\x1b\x1b[31m[2J", "[2J"),
        ("\x1b[", ""),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("a\r\nb\rc\x85d\u2028e\tf", "a b c d e f"),
    ],
)
def test_what_is_left_of_broken_sequences_is_plain_text(text: str, shown: str):
    assert clean(text) == shown


def test_every_kind_of_line_break_becomes_a_newline_where_they_are_kept():
    kept = clean("a\r\nb\rc\x85d\u2028e\vf\n\tg", keep_newlines=True)

    assert kept == "a\nb\nc\nd\ne\nf\n\tg"


def test_scripts_of_the_world_are_left_alone():
    text = "Zażółć ελληνικά русский עברית العربية हिन्दी 日本語 👩\u200d👩\u200d👧 می\u200cخواهم"

    assert clean(text) == text


@given(hostile)
def test_one_line_has_single_spaces_and_none_at_its_ends(text: str):
    line = one_line(text)

    assert line == " ".join(line.split())


@pytest.mark.parametrize("work", [clean, one_line, escape_tsv, escape_markdown, safe_cell])
@pytest.mark.parametrize(
    "part",
    ["\x1b[", "\x1b]", "\x1b]a", "\x1b[0", "\x9d", "\x1b ", "'", "\\", "www.", "://", "1", " #"],
)
def test_a_megabyte_of_anything_takes_less_than_a_second(work: Callable[[str], str], part: str):
    text = part * (1_000_000 // len(part))
    start = time.perf_counter()

    work(text)

    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("part", ["\U0001f1ed", "e\u0301", "\u0301", "👩\u200d", "日", "a ", "\t"])
def test_a_megabyte_is_measured_cut_and_wrapped_in_less_than_a_second(part: str):
    text = part * (250_000 // len(part))
    start = time.perf_counter()

    width(text)
    cut(text, 80)
    list(wrap(text, 80))

    assert time.perf_counter() - start < 1


def test_every_narrow_character_takes_one_column_by_the_tables():
    narrow = [chr(code) for code in range(0x10000) if is_narrow(chr(code))]

    assert len(narrow) > 1000
    assert [character for character in narrow if wcwidth(character) != 1] == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("plain", 5),
        ("Zażółć — „ελ“ …", 15),
        ("日本語", 6),
        ("e\u0301", 1),
        ("👍🏽", 2),
        ("👩\u200d👩\u200d👧", 2),
        ("❤\ufe0f", 2),
        ("🇭🇷🇸🇮", 4),
        ("עברית", 5),
    ],
)
def test_width_is_in_columns_of_a_terminal(text: str, columns: int):
    assert width(text) == columns


@given(hostile.map(one_line), columns)
def test_cut_text_fits(text: str, columns: int):
    assert width(cut(text, columns)) <= columns


@given(hostile.map(one_line), columns)
def test_cut_text_is_the_beginning_of_the_text(text: str, columns: int):
    short = cut(text, columns)

    assert short == text or text.startswith(short.removesuffix("…"))


@given(hostile.map(one_line))
def test_text_that_fits_is_not_cut(text: str):
    assert cut(text, max(1, width(text))) == text


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("Refund not received", 12, "Refund not…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("👩\u200d👩\u200d👧 family", 3, "👩\u200d👩\u200d👧…"),
        ("abc", 1, "…"),
    ],
)
def test_text_is_cut_between_what_a_reader_takes_for_characters(
    text: str, columns: int, short: str
):
    assert cut(text, columns) == short


@given(hostile.map(lambda text: clean(text, keep_newlines=True)), columns)
def test_wrapping_keeps_every_word(text: str, columns: int):
    assert "\n".join(wrap(text, columns)).split() == text.split()


@given(hostile.map(lambda text: clean(text, keep_newlines=True)), columns)
def test_wrapped_lines_fit_but_for_a_single_long_word(text: str, columns: int):
    too_wide = [line for line in wrap(text, columns) if width(line) > columns]

    assert [line for line in too_wide if len(line.split()) > 1] == []


def test_lines_are_wrapped_one_by_one_and_keep_their_indentation():
    text = "one two three\n\n  four five six\nhttps://example.test/a/long/address ok"

    assert list(wrap(text, 10)) == [
        "one two",
        "three",
        "",
        "  four",
        "  five six",
        "https://example.test/a/long/address",
        "ok",
    ]


def test_an_indentation_wider_than_half_the_line_is_not_kept():
    assert list(wrap(" " * 9 + "one two", 8)) == ["one two"]


NAMED = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r"}


def unescape_tsv(field: str) -> str:
    def meant(found: re.Match[str]) -> str:
        return NAMED.get(found[0]) or chr(int(found[0].lstrip("\\xu"), 16))

    return re.sub(r"\\(?:[\\tnr]|x[0-9a-f]{2}|u[0-9a-f]{4})", meant, field)


@given(hostile)
def test_a_tsv_field_gives_back_the_text(text: str):
    assert unescape_tsv(escape_tsv(text)) == re.sub("[\ud800-\udfff]", "\ufffd", text)


@given(hostile)
def test_a_tsv_field_is_safe_to_look_at(text: str):
    assert re.search(f"{STEERING}|[\t\n]", escape_tsv(text)) is None


@given(hostile | st.text("'=+-@\t\r\n＝＋－＠a"))
def test_what_made_a_cell_safe_can_be_taken_away(text: str):
    assert unsafe_cell(safe_cell(text)) == text


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠"))
def test_no_safe_cell_begins_like_a_formula(sign: str):
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "1-1", "a=b"])
def test_cells_that_are_no_formulas_stay_as_they_are(text: str):
    assert (safe_cell(text), unsafe_cell(text)) == (text, text)


def shown_in(heading: str) -> str:
    """Return the text of a Markdown heading, which must hold nothing but text."""
    opening, inline, closing = MARKDOWN.parse(heading)
    assert (opening.type, closing.type) == ("heading_open", "heading_close")
    assert {child.type for child in inline.children or []} <= {"text"}
    return inline.content and "".join(child.content for child in inline.children or [])


@given(hostile.map(one_line) | st.text("\\`*_[]()<>&|~$#!:/w. a1-+="))
def test_escaped_markdown_shows_just_the_characters(text: str):
    line = one_line(text)

    assert shown_in(f"# {escape_markdown(line)}") == line


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Refund (v2.1) for order 12!", "Refund (v2.1) for order 12!"),
        ("<b>a</b> & [x](y)", r"\<b\>a\</b\> \& \[x\](y)"),
        ("https://x.test www.x.test", r"https\://x.test www\.x.test"),
        ("a|b `c` *d* _e_ ~~f~~", r"a\|b \`c\` \*d\* \_e\_ \~\~f\~\~"),
        ("1. one", r"1\. one"),
        ("- item", r"\- item"),
        ("# head ##", r"\# head \##"),
        ("C# 12", "C# 12"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, markdown: str):
    assert escape_markdown(text) == markdown
