"""Ratings from a file: CSV or JSONL, its columns named as surveys name them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from tix.domain.rating import score_of
from tix.errors import UsageError
from tix.ops.importing.headers import likely
from tix.ops.importing.objects import lines, parsed
from tix.ops.importing.problems import Problem, Unusable, shown
from tix.ops.importing.rows import Row, Sheet
from tix.ops.importing.times import Times
from tix.record import NamedTuple
from tix.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

TICKET, SCORE, COMMENT, AT = "ticket", "score", "comment", "at"
USUAL = {
    TICKET: "ticket|ticket id|ticket number|ticket no|id|number|case|case id|case number"
    "|request id|reference",
    SCORE: "score|rating|satisfaction|satisfaction score|satisfaction rating|csat|csat score"
    "|csat rating|stars|result|answer|value",
    COMMENT: "comment|comments|rating comment|satisfaction comment|feedback|remark|remarks|note"
    "|text|message|reason",
    AT: "at|rated at|rated on|date|time|timestamp|created at|created|submitted at|submitted"
    "|responded at|response date|survey date|rating date",
}
"""What the columns of a file with ratings are usually called."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DIGITS = 18
_SHOWN = 200


class Given(NamedTuple):
    """A rating as a file tells it, at the *place* it stands; without *at* it is of now.

    Where only the *day* is known, *at* is its last second.
    """

    place: str
    ticket_id: int
    score: str
    comment: str = ""
    at: datetime | None = None
    day: bool = False


def given_ratings(file: BinaryIO, label: str, zone: tzinfo) -> Iterator[Given | Problem]:
    """Yield the ratings of a file, or what is wrong with a line; times are in *zone*.

    Raises:
        BadData, UsageError: It is no file with ratings.
    """
    when = Times(("iso", "epoch"), zone)
    for row in _objects(file, label) if _is_jsonl(file) else _rows(file, label):
        if isinstance(row, Problem):
            yield row
            continue
        place, columns, texts = row
        try:
            yield _given(place, texts, when)
        except Unusable as problem:
            yield Problem(place, columns.get(problem.field, problem.field), problem.why)


_Read = tuple[str, "Mapping[str, str]", "Mapping[str, str]"]


def _is_jsonl(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _rows(file: BinaryIO, label: str) -> Iterator[_Read | Problem]:
    """Yield the rows of CSV: where each stands, what its columns are called, and its texts."""
    sheet = Sheet(file, label)
    columns = _columns(sheet.header, label)
    for row in sheet.rows():
        if isinstance(row, Row):
            cells = dict(zip(sheet.header, row.cells, strict=True))
            texts = {field: cells[column].strip() for field, column in columns.items()}
            yield f"{label} line {row.line}", columns, texts
        else:
            yield row


def _objects(file: BinaryIO, label: str) -> Iterator[_Read | Problem]:
    for number, line in lines(file, label):
        place = f"{label} line {number}"
        try:
            whole = _object(line)
            columns = likely(list(whole), USUAL)
            texts = {field: _text(column, whole[column]) for field, column in columns.items()}
        except Unusable as problem:
            yield Problem(place, problem.field, problem.why)
        else:
            yield place, columns, texts


def _object(line: bytes) -> dict[str, Any]:
    whole = parsed(line)
    if not isinstance(whole, dict):
        raise Unusable("", "it is no JSON object")
    return whole


def _columns(header: list[str], label: str) -> Mapping[str, str]:
    """Return the column of each field that a file with ratings has.

    Raises:
        UsageError: There is none for a ticket or a score, or several have its name.
    """
    columns = likely(header, USUAL)
    for field in (TICKET, SCORE):
        if field not in columns:
            if twice := likely(_twice(header), {field: USUAL[field]}).get(field):
                raise UsageError(
                    f"{label} has more than one column {twice!r}",
                    hint="give all but one of them another name",
                )
            there = cut(", ".join(header), _SHOWN)
            raise UsageError(
                f"{label} has no column {field!r}",
                hint=f"its columns are {there}; ticket, score, comment and at are read",
            )
    return columns


def _twice(header: list[str]) -> list[str]:
    """Return the names that several columns have, each once."""
    return [name for name in dict.fromkeys(header) if header.count(name) > 1]


def _text(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unusable(column, "it must be a text or a number")
    return str(value).strip()


def _given(place: str, texts: Mapping[str, str], when: Times) -> Given:
    for field in (TICKET, SCORE):
        if not texts.get(field):
            raise Unusable(field, "it is missing")
    return Given(
        place,
        _number(texts[TICKET]),
        _score(texts[SCORE]),
        texts.get(COMMENT, ""),
        _time(texts.get(AT, ""), when),
        _DAY.fullmatch(texts.get(AT, "")) is not None,
    )


def _number(text: str) -> int:
    digits = text.lstrip("#T")
    if not (digits.isdecimal() and digits.isascii() and len(digits) <= _DIGITS):
        raise Unusable(TICKET, f"{shown(text)} is no number of a ticket")
    return int(digits)


def _score(text: str) -> str:
    try:
        return score_of(text)
    except UsageError as error:
        raise Unusable(SCORE, error.message) from None


def _time(text: str, when: Times) -> datetime | None:
    try:
        return when(text, end_of_day=True) if text else None
    except ValueError as error:
        raise Unusable(AT, f"{shown(text)} is {error}") from None
