"""Sheets: what the editor shows for a ticket, and what the user has made of it.

On top stand headers, ``name: value`` lines between two lines of dashes, then the text, and
below the scissors what is only to be read.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tix.cli.terminal import is_terminal
from tix.errors import Refused, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.cli.call import Call
    from tix.cli.drafts import Draft
    from tix.ops.change import Change

FENCE = "---"
FIELD = "field."
"""What the header of a field of one's own begins with."""

_NEEDS_NONE = "tix edit ID changes a ticket without one"
_HELP = """\
# Nothing from the line with the scissors on is saved. The lines between the two --- change
# the ticket together with the text; one that is emptied empties its field.
"""


class Header(NamedTuple):
    """A line of the front matter, and where it stands."""

    line: int
    name: str
    value: str


class Sheet(NamedTuple):
    """What the editor is to show: *purpose* tells drafts apart, *again* is the command."""

    purpose: str
    again: str
    headers: Mapping[str, str]
    text: str = ""
    below: str = ""


class Written(NamedTuple):
    """The text, those headers whose values are not what they were, and the seconds it took."""

    text: str
    headers: tuple[Header, ...]
    edited_s: float = 0.0


def filled_in(call: Call, sheet: Sheet, *, needs_text: bool = True) -> Written:
    """Let the user fill in *sheet*, or a draft of it that was left, and return the outcome.

    The draft is kept until the command has succeeded.

    Raises:
        UsageError: There is nobody to do it, or a header is none.
        Refused: Nothing was changed, or there is no text.
    """
    from tix.cli.drafts import new_draft
    from tix.cli.editor import content_of, editor_words, let_edit, stopwatch, text_of

    name = f"{sheet.purpose}.md"
    purpose = f"{_mark(call)}-{sheet.purpose}"
    draft = _left_draft(call, sheet, name, purpose)
    words = editor_words(call.config)
    if draft is None:
        content = content_of(front_of(sheet), _HELP + sheet.below)
        draft = new_draft(call.config, name, content, purpose=purpose, again=sheet.again)
    if not let_edit(draft, words, cut=True, clock=stopwatch(call.config.environ)):
        raise Refused("nothing changed")
    call.drafts.append(draft)
    before, _ = parts_of(text_of(draft.beginning, cut=True))
    headers, text = parts_of(draft.text)
    known = {header.name: header.value for header in before} or sheet.headers
    changed = tuple(_changed(headers, known))
    if not text and not changed:
        draft.discard()
        raise Refused("nothing changed")
    if needs_text and not text:
        raise Refused("there is no text, so nothing was changed", hint=_NEEDS_NONE)
    return Written(text, changed, draft.edited_s)


def forget_drafts(call: Call, change: Change, numbers: Iterable[int] = ()) -> None:
    """Remove the drafts about tickets that *change* has erased, and about these *numbers*."""
    from tix.cli.drafts import remove_drafts

    if change.dry_run:
        return
    erased = {*numbers, *(changed.after.id for changed in change.changed)}
    removed, held = remove_drafts(call.config, _mark(call), erased)
    if removed:
        call.say(f"with {removed} draft{'s' * (removed > 1)} that quoted it")
    if held:
        call.warn("a draft that is being written on may quote it; it was not touched")


def _left_draft(call: Call, sheet: Sheet, name: str, purpose: str) -> Draft | None:
    """Return the draft that is to be taken up again, None if there is none.

    Raises:
        UsageError: There is nobody to ask, and nobody to write.
    """
    from tix.cli.ask import choose
    from tix.cli.drafts import left_drafts

    left = left_drafts(call.config, name, purpose=purpose, again=sheet.again)
    try:
        _need_somebody(call)
    except UsageError:
        for draft in left:
            draft.leave()
            call.say(f"a draft of this is in {draft.path}")
        raise
    chosen = None
    for draft in left:
        answer = "leave"
        if not (chosen or sheet.text) and is_terminal(sys.stderr):
            question = f"{_told(call, draft)}: use it, discard it, or leave it?"
            answer = choose(question, ("use", "discard", "leave"))
        if answer == "use":
            chosen = draft
        elif answer == "discard":
            draft.discard()
        else:
            draft.leave()
    return chosen


def _need_somebody(call: Call) -> None:
    from tix.cli.editor import need_terminal

    if not call.may_ask:
        raise UsageError("no text given", hint="use -m TEXT, or -F FILE (- is stdin)")
    need_terminal()


def _told(call: Call, draft: Draft) -> str:
    """Return what a person remembers a draft by: when it was written, and how it begins."""
    from datetime import UTC, datetime

    from tix.cli.editor import text_of
    from tix.domain.when import local_text
    from tix.text import cut, one_line

    at = datetime.fromtimestamp(draft.path.stat().st_mtime, UTC)
    whole = text_of(draft.content.decode("utf-8", "replace").encode(), cut=True)
    try:
        text = parts_of(whole)[1]
    except UsageError:
        text = whole
    begins = cut(one_line(text), 40) if text else "without a text"
    return f"there is a draft of {local_text(at, call.desk.zone)} ({begins})"


def front_of(sheet: Sheet) -> str:
    """Return the headers and the text, as the file begins."""
    lines = (f"{name}: {value}".rstrip() for name, value in sheet.headers.items())
    return "\n".join((FENCE, *lines, FENCE, sheet.text))


def parts_of(whole: str) -> tuple[tuple[Header, ...], str]:
    """Return the headers and the text; who removed the headers changes none.

    Raises:
        UsageError: A line among the headers is none.
    """
    lines = whole.split("\n")
    if lines[0].rstrip() != FENCE:
        return (), whole.strip("\n")
    headers: list[Header] = []
    for number, line in enumerate(lines[1:], 2):
        name, colon, value = line.partition(":")
        if line.rstrip() == FENCE:
            return tuple(headers), "\n".join(lines[number:]).strip("\n")
        if colon:
            headers.append(Header(number, name.strip().casefold(), value.strip()))
        elif line.strip():
            raise UsageError(
                f"line {number}: {line.strip()[:60]!r} is no 'name: value'",
                hint="the headers end with a line ---",
            )
    raise UsageError("line 1: the headers have no end", hint="they end with a line ---")


def _changed(headers: tuple[Header, ...], known: Mapping[str, str]) -> Iterator[Header]:
    """Yield the headers that differ from what is *known*.

    Raises:
        UsageError: One is not known, or there twice.
    """
    seen: set[str] = set()
    takes_fields = "subject" in known and "cc" in known
    for header in headers:
        if header.name in seen:
            raise UsageError(f"line {header.line}, {header.name}: it is there twice")
        seen.add(header.name)
        if header.name not in known and not (takes_fields and _is_own(header.name)):
            raise UsageError(
                f"line {header.line}: there is no header {header.name[:60]!r}",
                hint=_nearest(header.name, known),
            )
        if header.value != known.get(header.name, ""):
            yield header


def _is_own(name: str) -> bool:
    return name.startswith(FIELD) and name.removeprefix(FIELD).isidentifier()


def _nearest(name: str, known: Mapping[str, str]) -> str:
    from tix.domain.nearest import nearest

    guess = nearest(name, known)
    return f"Did you mean {guess!r}?" if guess else f"there are {', '.join(known)}"


def _mark(call: Call) -> str:
    """Return what drafts of one desk have in common."""
    import os
    from hashlib import sha256

    desk = os.path.realpath(call.desk.location)
    return sha256(desk.encode(errors="replace")).hexdigest()[:16]
