"""The values of a term, each read in the way of its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.people import customer_number, is_address, normal_address
from tix.domain.query.fields import Field, Kind, fold
from tix.domain.query.states import STATE_SYNONYMS, STATES
from tix.domain.query.terms import Range
from tix.domain.query.words import brief, shown
from tix.errors import NotFound, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.domain.when import Dates  # noqa: TC004 (an annotation that nobody evaluates)

Value = str | Range | None
_TICK = timedelta(microseconds=1)
_MOST_DIGITS = 18
_WITH_RANGES = (Kind.SCALE, Kind.NUMBER, Kind.ID, Kind.TIME, Kind.SPAN)
_WITH_NONE = (Kind.NAME, Kind.TAGS, Kind.PATH, Kind.CUSTOMER, Kind.TIME, Kind.LINK)
_LITERAL = (Kind.TEXT, Kind.SEARCH)


def no_saved_query(name: str) -> Sequence[str]:
    """Refuse *name*: there are no saved queries.

    Raises:
        NotFound: Always.
    """
    raise NotFound(f"there is no saved query {shown(name)}")


class Context(NamedTuple):
    """What words mean to the one who types them, on this desk, now.

    *scale* has the names of the priorities, the least first; *load* gives the words of a
    saved query; *known* the names that a field can have, if any other is a mistake;
    *customer* the number of the customer that an address or ``C-42`` leads to.
    """

    dates: Dates
    scale: tuple[str, ...]
    me: str | None = None
    load: Callable[[str], Sequence[str]] = no_saved_query
    known: Callable[[str], Sequence[str] | None] = lambda _: None
    customer: Callable[[str], int | None] = lambda _: None


class Spot(NamedTuple):
    """A value and where it stands."""

    field: Field
    text: str
    bare: bool
    word: str
    context: Context

    def refusal(self, why: str, hint: str = "") -> UsageError:
        """Return the error that says *why* and where."""
        return UsageError(f"{why} in {shown(self.word)}", hint=hint)


def read_value(spot: Spot) -> Iterable[Value]:
    """Return what the value at *spot* stands for; a range of the scale stands for its names.

    Raises:
        UsageError: It cannot be read.
    """
    name = spot.field.name
    if not spot.text:
        raise spot.refusal("a value is missing", hint=f"Write {name}:value without a blank.")
    kind = spot.field.kind
    if spot.bare and kind not in _LITERAL:
        _check_signs(spot)
        if kind in _WITH_NONE and fold(spot.text) == "none":
            return (None,)
    return _READERS[kind](spot)


def wrong_sign(field: Field, sign: str, value: str, word: str) -> UsageError:
    """Return the error that shows how to write what *sign* means in other languages."""
    value = _signed(field, brief(value) or "value")
    if field.kind not in _WITH_RANGES or sign.startswith("="):
        instead = f"{field.name}:{value}"
    else:
        instead = f"{field.name}:{value}.." if sign.startswith(">") else f"{field.name}:..{value}"
    return UsageError(
        f"{sign!r} is no sign of a query in {shown(word)}",
        hint=f"Write {instead}; a range lo..hi includes both ends.",
    )


def _signed(field: Field, value: str) -> str:
    """Return *value* with a sign if it is a length that a date has to have one for."""
    from tix.domain.span import span_parts

    if field.kind is not Kind.TIME or not span_parts(value):
        return value
    return f"+{value}" if field.name in ("due", "snoozed") else f"-{value}"


def _check_signs(spot: Spot) -> None:
    text, name = spot.text, spot.field.name
    rest = text.lstrip("<>=!~")
    sign = text[: len(text) - len(rest)]
    if sign[:1] in ("!", "~"):
        raise spot.refusal(
            f"{sign!r} is no sign of a query", hint=f"Write {name}!={brief(rest) or 'value'}."
        )
    if sign:
        raise wrong_sign(spot.field, sign, rest, spot.word)
    if "*" in text:
        raise spot.refusal(
            "'*' is no wildcard",
            hint="Write tag:os: for all tags that begin with it, and subject:part for a part.",
        )


def _one_of(spot: Spot, names: Iterable[str], what: str = "") -> str:
    """Return the one of *names* that the value is, whatever its case."""
    by_fold = {fold(name): name for name in names}
    found = by_fold.get(fold(spot.text))
    if found is not None:
        return found
    raise _unknown(spot, tuple(by_fold.values()), what or spot.field.name)


def _unknown(spot: Spot, names: Sequence[str], what: str) -> UsageError:
    from tix.domain.nearest import nearest

    guess = nearest(spot.text, names)
    hint = f"Did you mean {guess!r}?" if guess else f"It can be {', '.join(names[:30])}."
    return spot.refusal(f"unknown {what} {shown(spot.text)}", hint=hint)


def _name(spot: Spot) -> Iterable[Value]:
    if spot.bare and spot.field.name == "assignee" and fold(spot.text) == "@me":
        return (_me(spot),)
    known = spot.context.known(spot.field.name)
    return (_one_of(spot, known) if known else spot.text,)


def _me(spot: Spot) -> str:
    if spot.context.me is None:
        raise spot.refusal(
            "nobody knows who you are", hint="Set it with tix config set me NAME, or TIX_USER."
        )
    return spot.context.me


def _choice(spot: Spot) -> Iterable[Value]:
    return (_one_of(spot, spot.field.choices),)


def _flag(spot: Spot) -> Iterable[Value]:
    return (_one_of(spot, ("yes", "no")),)


def _literal(spot: Spot) -> Iterable[Value]:
    return (spot.text,)


def _path(spot: Spot) -> Iterable[Value]:
    path = spot.text.strip("/")
    if not path:
        raise spot.refusal("a path is missing")
    return (path,)


def _state(spot: Spot) -> Iterable[Value]:
    state = STATE_SYNONYMS.get(fold(spot.text)) or _one_of(spot, STATES, "state")
    if state == "mine":
        _me(spot)
    return (state,)


def _customer(spot: Spot) -> Iterable[Value]:
    number = customer_number(spot.text)
    if number is not None:
        number = spot.context.customer(f"C-{number}") or number
    elif is_address(spot.text):
        number = spot.context.customer(normal_address(spot.text))
    return (spot.text if number is None else f"C-{number}",)


def _scale(spot: Spot) -> Iterable[Value]:
    scale = spot.context.scale

    def place(text: str) -> int:
        return scale.index(_one_of(spot._replace(text=text), scale))

    low, high = _ends(spot, place)
    return scale[low : None if high is None else high + 1]


def _number(spot: Spot) -> Iterable[Value]:
    return (Range(*_ends(spot, lambda text: _integer(spot, text))),)


def _id(spot: Spot) -> Iterable[Value]:
    low, dash, high = spot.text.partition("-")
    if dash and low and high:
        spot = spot._replace(text=f"{low}..{high}")
    return (Range(*_ends(spot, lambda text: _integer(spot, _bare_id(text)))),)


def _link(spot: Spot) -> Iterable[Value]:
    if _bare_id(spot.text)[:1].isdecimal():
        return _id(spot)
    return _choice(spot)


def _span(spot: Spot) -> Iterable[Value]:
    from tix.domain.span import parse_span

    if ".." not in spot.text:
        name, text = spot.field.name, brief(spot.text)
        raise spot.refusal(
            "a length of time needs a range",
            hint=f"Write {name}:{text}.. for at least so long, {name}:..{text} for at most.",
        )
    return (Range(*_ends(spot, lambda text: parse_span(text) // timedelta(seconds=1))),)


def _time(spot: Spot) -> Iterable[Value]:
    start, after = spot.context.dates.range(spot.text)
    return (Range(start, after and after - _TICK),)


def _ends(spot: Spot, read: Callable[[str], int]) -> tuple[int | None, int | None]:
    """Return both ends of ``lo..hi``, ``lo..``, ``..hi``, or of one value alone."""
    first, dots, last = (part.strip() for part in spot.text.partition(".."))
    if not first and not last:
        raise spot.refusal("a range needs one end at least")
    low = read(first) if first else None
    high = (read(last) if last else None) if dots else low
    if low is not None and high is not None and low > high:
        raise spot.refusal("a range runs backwards", hint=f"Write {brief(last)}..{brief(first)}.")
    return low, high


def _bare_id(text: str) -> str:
    return text[1:] if text[:1] in ("#", "T", "t") else text


def _integer(spot: Spot, text: str) -> int:
    if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS:
        return int(text)
    raise spot.refusal(f"{shown(text)} is not a number")


_READERS: dict[Kind, Callable[[Spot], Iterable[Value]]] = {
    Kind.NAME: _name,
    Kind.CHOICE: _choice,
    Kind.SCALE: _scale,
    Kind.TAGS: _literal,
    Kind.TEXT: _literal,
    Kind.SEARCH: _literal,
    Kind.PATH: _path,
    Kind.CUSTOMER: _customer,
    Kind.NUMBER: _number,
    Kind.ID: _id,
    Kind.TIME: _time,
    Kind.SPAN: _span,
    Kind.FLAG: _flag,
    Kind.LINK: _link,
    Kind.STATE: _state,
}
