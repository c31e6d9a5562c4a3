"""JSON for scripts: one envelope with a schema, or a record a line."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.table import Card

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tix.output import View
    from tix.table import R, Table

_STEERING = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"


def document(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield one object: the record of a card, or the envelope of a table.

    For a person it is indented; for a script it is one line, made record by record.
    """
    if isinstance(thing, Card):
        yield encode(_card(thing), indent=2 if view.tty else None) + "\n"
        return
    head = {"schema": f"tix.{thing.name}/1", "tool": view.tool, **thing.envelope}
    if view.tty:
        whole = {**head, thing.items: [thing.record(row) for row in thing.rows]}
        yield encode(whole, indent=2) + "\n"
        return
    yield f"{encode(head)[:-1]},{encode(thing.items)}:["
    comma = ""
    for row in thing.rows:
        yield comma + encode(thing.record(row))
        comma = ","
    yield "]}\n"


def lines(thing: Table[R] | Card, view: View) -> Iterator[str]:
    """Yield each record as a line of its own, with its schema."""
    if isinstance(thing, Card):
        yield encode(_card(thing)) + "\n"
        return
    stem = thing.name.removesuffix("_list") if thing.name.endswith("_list") else f"{thing.name}_row"
    for row in thing.rows:
        yield encode({"schema": f"tix.{stem}/1", **thing.record(row)}) + "\n"


def encode(value: object, *, indent: int | None = None) -> str:
    r"""Return *value* as JSON that is also safe to look at.

    A character that would steer a terminal or end a line is written as ``\u``, a lone
    surrogate, which no UTF-8 can hold, as U+FFFD.
    """
    text = json.dumps(
        value,
        ensure_ascii=False,
        allow_nan=False,
        default=_other,
        indent=indent,
        separators=None if indent else (",", ":"),
    )
    if text.isprintable():
        return text
    text = re.sub(_STEERING, lambda found: f"\\u{ord(found[0]):04x}", text)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _card(card: Card) -> Mapping[str, object]:
    return {"schema": f"tix.{card.name}/1", **card.record}


def _other(value: object) -> str:
    if isinstance(value, datetime):
        return encode_time(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
