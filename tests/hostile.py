"""Text as strangers send it."""

from __future__ import annotations

from hypothesis import strategies as st

STEERING = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""What no output may hold: all controls but tab and newline, bidi marks, lone surrogates."""

FRAGMENTS = [
    "\x1b",
    "\x1b[2J",
    "\x1b[31",
    "\x1b]0;title\x07",
    "\x1b]8;;https://x.test\x1b\\",
    "\x1bP",
    "\x9b31m",
    "\x9d",
    "\x9c",
    "\x07",
    "\x00",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ud83d",
    "\udcff",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\\",
    "\\n",
    "'",
    '"',
    ",",
    ";",
    "=1+1",
    "|",
    "<b>",
    "&amp;",
    "[x](javascript:y)",
    "```",
    "- ",
    "1. ",
    "# ",
    "---",
    " ",
    "    ",
    "word",
    "日本語",
    "e\u0301",
    "👩\u200d👩\u200d👧",
    "🇭🇷",
    "עברית",
    "x" * 300,
]

hostile = st.lists(
    st.sampled_from(FRAGMENTS) | st.characters(exclude_categories=()), max_size=12
).map("".join)
