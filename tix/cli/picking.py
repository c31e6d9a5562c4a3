"""Choosing among tickets: in the user's own picker, else from a numbered list."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tix.errors import BadData, Refused, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tix.cli.call import Call
    from tix.domain.found import Found
    from tix.ops.queries import Listing

DECLINED = "nothing was picked"
_FUZZY = ("fzf", "sk")
_ON_SCREEN = 20


def picker_words(asked: str | None) -> list[str]:
    """Return the words of the picker's command: fzf where it is installed; none is the own list.

    Raises:
        UsageError: There is no program of the name that was asked for.
    """
    from shlex import split
    from shutil import which

    if asked is None:
        return ["fzf"] if which("fzf") else []
    try:
        words = split(asked)
    except ValueError:
        raise UsageError(f"--picker {asked!r} has a quotation mark without its partner") from None
    if words and not which(words[0]):
        raise UsageError(f"there is no picker {words[0]!r}", hint="--picker '' needs none")
    return words


def with_program(call: Call, found: Listing, words: Sequence[str], *, multi: bool) -> list[int]:
    """Return the tickets whose lines the program *words* printed of those it was fed.

    Raises:
        Refused: None was picked, or the program has failed.
        BadData: It printed something else.
    """
    from pathlib import Path
    from subprocess import PIPE, run

    from tix.cli.terminal import ctrl_c_is_for_another

    command = [*words]
    if Path(words[0]).name in _FUZZY:
        command[1:1] = ["--multi" if multi else "--no-multi", *_fuzzy()]
    with ctrl_c_is_for_another():
        done = run(  # noqa: S603 - the user's own command, without a shell
            command, input=_lines(call, found), stdout=PIPE, env=_environment(call), check=False
        )
    # fzf and its like: 1 no match, 130 left with Esc or Ctrl-C.
    if done.returncode not in (0, 1, 130):
        raise Refused(f"the picker {words[0]!r} has failed ({done.returncode})")
    numbers = _picked(done.stdout, found) if done.returncode == 0 else []
    if not numbers:
        raise Refused(DECLINED)
    if len(numbers) > 1 and not multi:
        raise Refused(f"{len(numbers)} tickets were picked", hint="--multi takes several")
    return numbers


def _fuzzy() -> list[str]:
    """Return the options by which fzf shows what a person reads, and the ticket below it."""
    from shlex import join

    shown = f"{join([sys.executable, '-m', 'tix'])} show {{1}} --color always --no-pager"
    columns = ["--delimiter=\t", "--with-nth=1,2,3,5,10"]
    return [*columns, "--preview-window=down", f"--preview={shown}"]


def _lines(call: Call, found: Listing) -> bytes:
    """Return the tickets as ``tix list`` prints them into a pipe."""
    from tix.cli.scenes import envelope, scene_of
    from tix.output import render, tickets

    scene = scene_of(call, found)
    columns = tickets.plain_columns(scene)
    table = tickets.table(found.rows, columns, scene, envelope=envelope(call, found))
    return "".join(render(table, "plain", call.view)).encode("utf-8", "replace")


def _environment(call: Call) -> Mapping[str, str]:
    """Return the environment in which a preview is of the same desk."""
    return {**call.config.environ, "TIX_DB": call.desk.location}


def _picked(printed: bytes, found: Listing) -> list[int]:
    known = {str(row.ticket.id): row.ticket.id for row in found.rows}
    numbers: dict[int, None] = {}
    for line in printed.decode("utf-8", "replace").splitlines():
        first = line.split("\t")[0].strip()
        if first not in known:
            raise BadData(f"the picker printed {first[:60]!r}, which was not offered")
        numbers[known[first]] = None
    return list(numbers)


def from_list(call: Call, found: Listing, *, multi: bool) -> list[int]:
    """Return the tickets that the user names by their places in a numbered list.

    Words narrow the list. No answer is an error.

    Raises:
        Refused: None was picked.
    """
    from tix.cli.ask import ask_line

    rows: Sequence[Found] = found.rows
    _show(call, found, rows)
    what = (
        "which (3, or 1,4-6; words narrow the list)? "
        if multi
        else ("which (3; words narrow the list)? ")
    )
    while answer := ask_line(what):
        if re.fullmatch(r"[0-9]+( *[-, ] *[0-9]+)*", answer):
            places = _places(answer)
            if problem := _problem(places, len(rows), multi=multi):
                call.say(problem)
                continue
            return [rows[place - 1].ticket.id for place in places]
        narrowed = [row for row in found.rows if _has(row, answer.casefold().split())]
        if narrowed:
            rows = narrowed
            _show(call, found, rows)
        else:
            call.say(f"no ticket here has {answer!r}")
    raise Refused(DECLINED)


def _places(answer: str) -> list[int]:
    """Return the numbers of ``1,4-6``, each once; a huge range is cut where nothing can be."""
    found: dict[int, None] = {}
    for part in re.sub(r" *- *", "-", answer).replace(",", " ").split():
        first, _, last = part.partition("-")
        low = int(first[:9])
        found.update(dict.fromkeys(range(low, min(int((last or first)[:9]), low + 100_000) + 1)))
    return list(found)


def _problem(places: Sequence[int], count: int, *, multi: bool) -> str:
    wrong = [place for place in places if not 1 <= place <= count]
    if wrong or not places:
        return f"there are places 1 to {count}"
    return "" if multi or len(places) == 1 else "only one, please; --multi takes several"


def _has(row: Found, words: Sequence[str]) -> bool:
    ticket = row.ticket
    customer = row.contact.display if row.contact else ""
    text = " ".join(
        (str(ticket.id), ticket.subject, ticket.assignee or "", customer, *ticket.tags)
    ).casefold()
    return all(word in text for word in words)


def _show(call: Call, found: Listing, rows: Sequence[Found]) -> None:
    """Show the rows with their places, as many as a screen takes, on standard error."""
    from tix.cli.scenes import envelope, scene_of
    from tix.cli.terminal import screen
    from tix.output import View, render, tickets
    from tix.table import Column

    scene = scene_of(call, found)
    shown = rows[: max(_ON_SCREEN, screen(call.config.environ, sys.stderr).lines - 5)]
    places = {row.ticket.id: place for place, row in enumerate(rows, 1)}
    place = Column["Found"](
        "place", lambda row: f"{places[row.ticket.id]})", title="", align="right"
    )
    _, *columns = tickets.inbox_columns(scene)
    table = tickets.table(shown, [place, *columns], scene, envelope=envelope(call, found))
    view = View(width=screen(call.config.environ, sys.stderr).columns)
    sys.stderr.write("".join(render(table, "table", view)))
    if len(shown) < len(rows):
        sys.stderr.write(f"... {len(rows) - len(shown)} more\n")
    sys.stderr.flush()
