"""``tix __complete KIND [PREFIX]``: what a shell offers at a TAB, a ``value⇥description`` a line.

A TAB must not be felt, so nothing is loaded here but ``json``; the files of the desk are read
as they lie, without a lock, checksums or any other part of tix. What does not depend on the desk
comes from ``completions/words.json``, which is written from the program. Whatever goes wrong,
there is nothing to offer.
"""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False  # without typing, which takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Documents = list[tuple[str, dict[str, Any]]]
    Offers = Iterator[tuple[str, str]]

MOST = 200
WIDTH = 60

_ROOT = "tickets.json"
_LAST_PAGES = 2  # of what grows without end; all of them would take too long
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_UNLISTABLE = {",", '"', "\\"}  # which a list or a query would read as its own

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
    kind, prefix = (*argv, "", "")[:2]
    try:
        lines = [f"{value}\t{text}\n" for value, text in offers(kind, prefix)]
        os.write(1, "".join(lines).encode())
    except Exception:  # noqa: BLE001 - in the middle of a line there is no place for errors
        return 0
    return 0


def offers(kind: str, prefix: str, place: str = "") -> list[tuple[str, str]]:
    """Return the values of *kind* that begin with *prefix*, each with what it is.

    The desk is in the folder *place*, or where the environment says. What cannot be read, or is
    no kind, has nothing to offer.
    """
    try:
        desk = _Desk(place or _place())
        head, listed, kinds, begun = _parted(kind, prefix)
        known = {*listed.split(",")}
        found = _chosen(_union(desk, kinds, begun), begun, known, spaced=kind != "line")
        return [(f"{head}{listed}{value}", _safe(text)) for value, text in found]
    except Exception:  # noqa: BLE001 - in the middle of a line there is no place for errors
        return []


def words() -> dict[str, Any]:
    """Return what does not depend on the desk: fields with the kind of their values, and words."""
    file = os.path.join(os.path.dirname(__file__), "completions", "words.json")  # noqa: PTH118, PTH120
    with open(file, encoding="utf-8") as opened:  # noqa: PTH123
        found: dict[str, Any] = json.load(opened)
    return found


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

    def read_last(self, folder: str, table: str) -> Documents:
        """Return the documents of the newest pages in *folder*, the newest page first."""
        names = [name[:-5] for name in self.names(folder) if name[:-5].isdecimal()]
        pages = sorted(map(int, names), reverse=True)[:_LAST_PAGES]
        return [pair for page in pages for pair in self.read(f"{folder}/{page}.json", table)]

    def names(self, folder: str) -> list[str]:
        """Return the names in *folder*, the last first; none if it is missing."""
        path = f"{self.place}/{folder}"
        return sorted(os.listdir(path), reverse=True) if os.path.isdir(path) else []  # noqa: PTH112, PTH208

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


def _parted(kind: str, prefix: str) -> tuple[str, str, str, str]:
    """Return the parts of *prefix*: what leads to the values, those listed, and a last one.

    Of which kind the last one is stands before it.
    """
    if kind == "line":
        before, blank, word = prefix.rpartition(" ")
        head, listed, kind, begun = _parted("term", word)
        return before + blank + head, listed, kind, begun
    if kind == "term":
        signs = [(prefix.find(sign), sign) for sign in ("!=", ":") if sign in prefix]
        if not signs:
            return "", "", "term", prefix
        field, sign, values = prefix.partition(min(signs)[1])
        head, listed, kind, begun = _parted(words()["terms"].get(field.lower(), ""), values)
        return field + sign + head, listed, kind, begun
    end = max(prefix.rfind(",") + 1, prefix.rfind("..") + 2 if ".." in prefix else 0)
    if kind == "order" and prefix[end:].startswith("-"):
        end += 1  # falling
    return "", prefix[:end], kind, prefix[end:]


def _union(desk: _Desk, kinds: str, begun: str) -> Offers:
    """Yield the offers of ``kind+kind``; a word that is not begun can only be of the first."""
    for kind in kinds.split("+") if begun else [kinds.partition("+")[0]]:
        if kind in KINDS:
            yield from KINDS[kind](desk, begun)
        else:
            yield from words()["words"][kind].items()


def _chosen(found: Offers, begun: str, listed: set[str], *, spaced: bool) -> Offers:
    """Yield the first of *found* that go on from *begun*, each once."""
    seen = {*listed}
    for value, text in found:
        fits = value.startswith(begun) and value.isprintable() and value[:1] not in ("", "-")
        if fits and not _UNLISTABLE & {*value} and (spaced or " " not in value):
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
        yield f"{sign}{number}", f"{head.get('status', 'new')}  {_subject(head)}"


def _subject(head: dict[str, Any]) -> str:
    """Return the subject of a head without the secrets in it."""
    if not head.get("secrets"):
        return str(head["subject"])
    from tix.domain.secrets import masked

    return masked(str(head["subject"]))


def _tags(desk: _Desk, begun: str) -> Offers:
    tags = [tag for _, head in desk.read(_ROOT, "tickets") for tag in head.get("tags", ())]
    yield from _counted(tags, "ticket")
    for tag in _setup(desk).get("tags", ()):
        yield tag["name"], tag.get("description", "")


def _levels(desk: _Desk, begun: str) -> Offers:
    scale = _setup(desk).get("priorities", ())
    for level in sorted(scale, key=lambda level: level["weight"]):
        yield level["name"], level.get("criteria", "")
    if not scale:
        yield from words()["words"]["level"].items()


def _priorities(desk: _Desk, begun: str) -> Offers:
    yield from _levels(desk, begun)
    yield "up", "a step more"
    yield "down", "a step less"


def _types(desk: _Desk, begun: str) -> Offers:
    for name in _setup(desk).get("types") or words()["words"]["type"]:
        yield name, ""
    yield from _of_tickets("type")(desk, begun)


def _categories(desk: _Desk, begun: str) -> Offers:
    yield from _of_tickets("category")(desk, begun)
    for name in _setup(desk).get("categories", ()):
        yield name, ""


def _setup(desk: _Desk) -> dict[str, Any]:
    """Return the set-up that is in force; nothing if it was never changed."""
    versions = desk.read("setup.json", "setup")
    return max(versions, key=lambda pair: int(pair[0]), default=("", {}))[1]


def _of_tickets(member: str) -> Callable[[_Desk, str], Offers]:
    """Return what offers the values that *member* of the open tickets has, the usual first."""
    return lambda desk, begun: _counted(
        (head.get(member) for _, head in desk.read(_ROOT, "tickets")), "ticket"
    )


def _of_customers(member: str) -> Callable[[_Desk, str], Offers]:
    """Return what offers the values that *member* of the customers has, the usual first."""
    return lambda desk, begun: _counted((one.get(member) for one in _people(desk)), "customer")


def _counted(values: Iterator[str | None] | list[str], what: str) -> Offers:
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    for value in sorted(counts, key=lambda value: (-counts[value], value)):
        yield value, f"{counts[value]} {what}{'s' if counts[value] > 1 else ''}"


def _agents(desk: _Desk, begun: str) -> Offers:
    for name, agent in sorted(desk.read("people.json", "agents")):
        if not agent.get("retired"):
            yield name, agent.get("display_name") or agent.get("address") or ""
    for name in sorted({head.get("assignee") or "" for _, head in desk.read(_ROOT, "tickets")}):
        yield name, "has tickets"
    yield "@me", "you"
    yield "none", "nobody"


def _people(desk: _Desk) -> Iterator[dict[str, Any]]:
    """Yield the requesters of open tickets, then the newest customers, each once."""
    seen = set()
    for number, contact in desk.read(_ROOT, "contacts"):
        seen.add(number)
        yield contact
    for number, customer in desk.read_last("customers", "customers"):
        if number not in seen:
            yield customer


def _customers(desk: _Desk, begun: str) -> Offers:
    for one in _people(desk):
        name = one.get("name") or one.get("organisation") or ""
        for address in one.get("addresses", (one.get("address"),)):
            yield address or "", f"C-{one['number']} {name}"
        yield f"{begun[:1]}-{one['number']}" if begun[:1] in ("C", "c") else "", name


def _names(desk: _Desk, begun: str) -> Offers:
    for one in _people(desk):
        for name in (one.get("name"), one.get("organisation")):
            yield name or "", f"C-{one['number']}"


def _departments(desk: _Desk, begun: str) -> Offers:
    for name, department in sorted(desk.read("people.json", "departments")):
        yield name, department.get("title") or ""


def _queries(desk: _Desk, begun: str) -> Offers:
    for name, query in sorted(desk.read("setup.json", "queries")):
        yield name, " ".join(query["words"])


def _reports(desk: _Desk, begun: str) -> Offers:
    yield from words()["words"]["report"].items()
    for saved in _setup(desk).get("reports", ()):
        yield saved["name"], f"saved: {saved['report']}"


def _operations(desk: _Desk, begun: str) -> Offers:
    for number, done in desk.read_last("ops", "operations"):
        reason = done.get("why") or f"by {done['by'].partition(':')[2]}"
        yield number, f"{done['command']} {done['at'][:10]} {reason}"


def _backups(desk: _Desk, begun: str) -> Offers:
    yield "list", "what is kept"
    yield "restore", "go back"
    for folder in ("recent", "daily"):
        for name in desk.names(f"backups/{folder}"):
            yield f"{folder}/{name.removesuffix('.json')}", ""


def _zones(desk: _Desk, begun: str) -> Offers:
    for folder in sys.path:
        file = f"{folder}/tzdata/zones"
        if os.path.isfile(file):  # noqa: PTH113
            with open(file, encoding="utf-8") as opened:  # noqa: PTH123
                yield from ((line.strip(), "") for line in opened)
            return


def _terms(desk: _Desk, begun: str) -> Offers:
    known = words()["words"]["field"]
    yield from ((f"{name}:", text) for name, text in known.items())
    yield "no:", "the field is empty"
    yield "has:", "the field is not empty"
    yield "query:", "all terms of a saved query"


def _dates(desk: _Desk, begun: str) -> Offers:
    yield from _DATES.items()


KINDS: dict[str, Callable[[_Desk, str], Offers]] = {
    "ticket": _tickets,
    "tag": _tags,
    "agent": _agents,
    "customer": _customers,
    "name": _names,
    "dept": _departments,
    "query": _queries,
    "report": _reports,
    "operation": _operations,
    "backup": _backups,
    "zone": _zones,
    "date": _dates,
    "term": _terms,
    "level": _levels,
    "priority": _priorities,
    "type": _types,
    "category": _categories,
    "channel": _of_tickets("channel"),
    "organisation": _of_customers("organisation"),
    "group": _of_customers("group"),
    "plan": _of_customers("plan"),
    "kind": _of_customers("kind"),
}
