"""``tix __complete KIND [PREFIX]``: what a shell offers at a TAB, a ``value⇥description`` a line.

A TAB must not be felt, so nothing is loaded here but ``json``; the files of the desk are read
as they lie, without a lock, checksums or any other part of tix. Whatever goes wrong, there is
nothing to offer.
"""

from __future__ import annotations

import json
import os

TYPE_CHECKING = False  # without typing, which takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Documents = list[tuple[str, dict[str, Any]]]
    Offers = Iterator[tuple[str, str]]

MOST = 200
WIDTH = 60

_ROOT = "tickets.json"
_CUSTOMER_PAGES = 2
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK

_DATES = {
    "today": "this day",
    "tomorrow": "the next day",
    "eod": "the end of this day",
    "eow": "the end of this week",
    "eom": "the end of this month",
    **dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "the next one"),
    "+2h": "in two hours",
    "+1d": "in a day",
    "+2bd": "in two business days",
    "+1w": "in a week",
}


def run(argv: list[str]) -> int:
    """Print what a word of the kind ``argv[0]`` that begins with ``argv[1]`` can become."""
    try:
        kind, prefix = (*argv, "", "")[:2]
        listed, comma, begun = prefix.rpartition(",")
        offers = _KINDS[kind](_Desk(_place()), begun)
        chosen = _chosen(offers, begun, {*listed.split(",")})
        lines = [f"{listed}{comma}{value}\t{_safe(text)}\n" for value, text in chosen]
        os.write(1, "".join(lines).encode())
    except Exception:  # noqa: BLE001 - in the middle of a line there is no place for errors
        return 0
    return 0


class _Desk:
    """The files of a desk, seen through a commit that is not finished yet."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._new: dict[str, str] = {}
        if os.path.lexists(f"{place}/commit.json"):
            self._new = {name: new[0] for name, new in self._load("commit.json")["new"].items()}

    def read(self, name: str, table: str) -> Documents:
        """Return the documents of a table with their keys, the last first; none if missing."""
        for file in (self._new.get(name, name), name):
            try:
                return [*self._load(file).get(table, {}).items()][::-1]
            except FileNotFoundError:
                continue  # the new file has its place by now, or there is no page
        return []

    def _load(self, name: str) -> dict[str, Any]:
        with open(os.open(f"{self.place}/{name}", _READ), "rb") as file:  # noqa: PTH123
            tables: dict[str, Any] = json.loads(file.read())
        return tables


def _place() -> str:
    """Return the folder of the desk, as ``tix.config.places`` finds it."""
    data = os.environ.get("XDG_DATA_HOME", "")
    if not data.startswith("/"):
        data = os.environ.get("HOME", "") + "/.local/share"
    return os.environ.get("TIX_DB") or f"{data}/tix"


def _chosen(offers: Offers, begun: str, listed: set[str]) -> Offers:
    """Yield the first of those *offers* that go on from *begun*, each once."""
    seen = {*listed}
    for value, text in offers:
        if value.startswith(begun) and value.isprintable() and value[:1] not in ("", "-"):
            if value not in seen:
                yield value, text
            seen.add(value)
            if len(seen) - len(listed) == MOST:
                return


def _safe(text: str) -> str:
    """Return *text* as a short line without anything that could steer a terminal."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * WIDTH]).split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _tickets(desk: _Desk, begun: str) -> Offers:
    yield "@last", "the ticket that you changed last"
    yield "@next", "the ticket to work on next"
    sign = begun[:1] if begun[:1] in ("#", "T", "t") else ""
    heads = [(int(number), head) for number, head in desk.read(_ROOT, "tickets")]
    heads.sort(key=lambda pair: (pair[1].get("status") == "resolved", -pair[0]))
    for number, head in heads:
        yield f"{sign}{number}", f"{head.get('status', 'new')}  {head['subject']}"


def _tags(desk: _Desk, begun: str) -> Offers:
    counts: dict[str, int] = {}
    for _, head in desk.read(_ROOT, "tickets"):
        for tag in head.get("tags", ()):
            counts[tag] = counts.get(tag, 0) + 1
    for tag in sorted(counts, key=lambda tag: (-counts[tag], tag)):
        yield tag, f"{counts[tag]} ticket{'s' if counts[tag] > 1 else ''}"


def _agents(desk: _Desk, begun: str) -> Offers:
    for name, agent in sorted(desk.read("people.json", "agents")):
        if not agent.get("retired"):
            yield name, agent.get("display_name") or agent.get("address") or ""
    for name in sorted({head.get("assignee") or "" for _, head in desk.read(_ROOT, "tickets")}):
        yield name, "has tickets"
    yield "@me", "you"
    yield "none", "nobody"


def _customers(desk: _Desk, begun: str) -> Offers:
    known = [(contact, contact.get("address")) for _, contact in desk.read(_ROOT, "contacts")]
    for page in _last_pages(f"{desk.place}/customers"):
        people = [customer for _, customer in desk.read(f"customers/{page}.json", "customers")]
        known += [(one, address) for one in people for address in one.get("addresses", ())]
    for one, address in known:
        name = one.get("name") or one.get("organisation") or ""
        yield address or "", f"C-{one['number']} {name}"
        yield f"{begun[:1]}-{one['number']}" if begun[:1] in ("C", "c") else "", name


def _last_pages(folder: str) -> list[int]:
    """Return the numbers of the pages with the newest customers; all would take too long."""
    names = os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208
    numbers = [int(name[:-5]) for name in names if name[:-5].isdecimal()]
    return sorted(numbers, reverse=True)[:_CUSTOMER_PAGES]


def _departments(desk: _Desk, begun: str) -> Offers:
    for name, department in sorted(desk.read("people.json", "departments")):
        yield name, department.get("title") or ""


def _queries(desk: _Desk, begun: str) -> Offers:
    for name, query in sorted(desk.read("setup.json", "queries")):
        yield name, " ".join(query["words"])


def _dates(desk: _Desk, begun: str) -> Offers:
    yield from _DATES.items()


_KINDS: dict[str, Callable[[_Desk, str], Offers]] = {
    "ticket": _tickets,
    "tag": _tags,
    "agent": _agents,
    "customer": _customers,
    "dept": _departments,
    "query": _queries,
    "date": _dates,
}
