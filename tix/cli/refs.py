"""Which tickets a command means: numbers, ranges, @last, @next, stdin, or a query."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tix.errors import NotFound, Refused, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.cli.call import Call
    from tix.domain.found import Found

MOST = 50
RANGE_LIMIT = 100_000
STDIN_LIMIT_BYTES = 100 * 1024 * 1024
_DIGITS_LIMIT = 18


def ticket_ids(call: Call, words: Sequence[str]) -> list[int]:
    """Return the numbers that *words* name, each once, in order.

    A word is ``12``, ``#12``, ``T12``, ``5-9``, ``12,15-17``, ``@last``, ``@next``, or ``-``
    for one reference a line on stdin.

    Raises:
        UsageError: A word is no reference to a ticket.
    """
    found: dict[int, None] = {}
    for word in words:
        if word == "-":
            found.update(dict.fromkeys(_from_stdin(call)))
        else:
            found.update(dict.fromkeys(_numbers(call, word)))
    return list(found)


def targets(
    call: Call,
    words: Sequence[str],
    *,
    where: Sequence[str] = (),
    most: int | None = None,
    yes: bool = False,
    verb: str,
) -> list[int]:
    """Return the tickets to change: those named, or all that match *where* after a yes.

    Without *most* any number may be named, and 50 may match.

    Raises:
        UsageError: None is named, or both ways are used.
        Refused: There are more than *most*, or the answer was no.
    """
    if where and words:
        raise UsageError("name tickets or give --where, not both")
    if where:
        return _matching(call, where, MOST if most is None else most, yes, verb)
    if not words:
        raise UsageError("no ticket given")
    numbers = ticket_ids(call, words)
    if most is not None and len(numbers) > most:
        raise Refused(
            f"{len(numbers)} tickets are named, more than {most}",
            hint=f"name fewer, or say --max {len(numbers)}",
        )
    return numbers


def one_ticket(call: Call, word: str) -> int:
    """Return the one number that *word* names.

    Raises:
        UsageError: It names several, or none.
    """
    numbers = ticket_ids(call, [word])
    if len(numbers) != 1:
        raise UsageError(f"one ticket is needed, and {word!r} names {len(numbers)}")
    return numbers[0]


def looks_like_ticket(word: str) -> bool:
    """Return whether *word* is written as a reference to tickets."""
    return word in ("-", "@last", "@next") or all(map(_is_range, word.split(",")))


def _matching(call: Call, where: Sequence[str], most: int, yes: bool, verb: str) -> list[int]:
    from tix.ops.queries import find

    rows = find(call.desk, split_queries(where)).rows
    if not rows:
        call.say("no tickets match")
    return agreed(call, rows, most, yes=yes, verb=verb)


def agreed(call: Call, rows: Sequence[Found], most: int, *, yes: bool, verb: str) -> list[int]:
    """Return the numbers of *rows*, all of which are to be changed, after a yes.

    Raises:
        Refused: There are more than *most*, or the answer was no.
    """
    from tix.cli.ask import confirm

    if len(rows) > most:
        raise Refused(
            f"{len(rows)} tickets match, more than {most}",
            hint=f"make the query narrower, or say --max {len(rows)}",
        )
    if rows and not yes and not call.desk.intent.dry_run:
        for row in rows[:10]:
            call.say(f"  {row.ticket.id}  {_safe(row.ticket.subject)}")
        if len(rows) > 10:
            call.say(f"  … and {len(rows) - 10} more")
        confirm(f"{verb} {len(rows)} ticket{'s' * (len(rows) > 1)}?", yes=yes, may_ask=call.may_ask)
    return [row.ticket.id for row in rows]


def split_queries(queries: Sequence[str]) -> list[str]:
    """Return the words of queries that were given as one argument each."""
    from tix.domain.query import split_line

    return [word for query in queries for word in split_line(query)]


def _numbers(call: Call, word: str) -> Iterator[int]:
    if word == "@last":
        from tix.cli.last import last_ticket

        yield last_ticket(call)
    elif word == "@next":
        from tix.ops.tickets.reads import next_ids

        found = next_ids(call.desk)
        if not found:
            raise NotFound("there is no next ticket: inbox zero")
        yield from found
    else:
        for part in word.split(","):
            yield from _range(part, word)


def _is_range(part: str) -> bool:
    ends = [end[1:] if end[:1] in ("#", "T") else end for end in part.split("-", 1)]
    return all(end.isdecimal() and end.isascii() for end in ends)


def _range(part: str, word: str) -> range:
    first, dash, last = part.strip().partition("-")
    low = _number(first, word)
    high = _number(last, word) if dash else low
    if high < low or high - low > RANGE_LIMIT:
        raise UsageError(f"{word!r} is no range of tickets")
    return range(low, high + 1)


def _number(text: str, word: str) -> int:
    digits = text[1:] if text[:1] in ("#", "T", "t") else text
    if not (digits.isdecimal() and digits.isascii()):
        raise UsageError(
            f"{word!r} is no ticket: a number such as 12, 5-9 or 12,15, @last, @next or -"
        )
    if len(digits) > _DIGITS_LIMIT:
        raise NotFound(f"no ticket {digits[:_DIGITS_LIMIT]}…: numbers are shorter")
    return int(digits)


def _from_stdin(call: Call) -> Iterator[int]:
    for number, line in enumerate(read_stdin(call).split("\n"), 1):
        try:
            yield from _line(line.strip())
        except UsageError as error:
            raise UsageError(f"line {number} of stdin: {error.message}") from None


def _line(line: str) -> Iterator[int]:
    if not line.startswith("{"):
        for word in line.split(maxsplit=1)[:1]:
            yield from _range(word, word)
        return
    import json

    try:
        number = json.loads(line)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError("no JSON object with an id") from None
    if type(number) is not int or not 0 <= number < 10**_DIGITS_LIMIT:
        raise UsageError("its id is no number")
    yield number


def read_stdin(call: Call) -> str:
    """Return all of stdin as text; it is read once.

    Raises:
        UsageError: It is closed, was read before, or is too large.
        BadData: It is not UTF-8.
    """
    from tix.errors import BadData

    if call.is_repeating:
        return call.stdin_text
    if call.stdin_is_taken:
        raise UsageError("stdin can be read only once")
    if sys.stdin is None:
        raise UsageError("- needs stdin, and it is closed")
    call.stdin_is_taken = True
    content = sys.stdin.buffer.read(STDIN_LIMIT_BYTES + 1)
    if len(content) > STDIN_LIMIT_BYTES:
        raise UsageError(f"stdin is larger than {STDIN_LIMIT_BYTES >> 20} MB")
    try:
        call.stdin_text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadData(f"stdin is not UTF-8 (byte {error.start})") from None
    return call.stdin_text


def _safe(text: str) -> str:
    from tix.text import one_line

    return one_line(text)
