"""What can be wrong with a desk, and what is done about it."""

from __future__ import annotations

from tix.record import NamedTuple

REMEDIES = {
    "damaged_file": "take the records that can be read, and the others from the newest backup",
    "bad_record": "take it from the newest backup that has it",
    "wrong_place": "put it where it belongs",
    "head_differs": "make the head anew from the history",
    "no_head": "make the head from the history",
    "no_history": "take it from the newest backup, else begin one from the head",
    "broken_chain": "take the events that fit from the newest backup, else seal them anew",
    "missing_ticket": "take it from the newest backup, else put a stand-in there",
    "missing_record": "take it from the operation that made it",
    "missing_customer": "take it from the newest backup, else put a stand-in there",
    "missing_operation": "take it from the newest backup, else put a stand-in there",
    "missing_file": "note on the ticket that it is lost",
    "damaged_attachment": "put it away, and note on the ticket that it is lost",
    "wrong_measures": "drop them; reports measure the tickets anew",
    "wrong_key": "let it lead to the record that has it",
    "dead_key": "remove it",
    "low_counter": "raise it to the highest number",
    "wrong_contact": "make it anew from the customer",
    "damaged_commit": "put it away with what belongs to it",
    "unfinished_commit": "finish it",
    "stray": "remove it",
    "orphan": "remove it",
    "mode": "make it its owner's alone",
    "link": "put it away",
    "unknown_file": "",
    "lock_held": "",
    "network_folder": "",
    "no_full_text": "",
    "no_time_zones": "",
    "clash": "",
}
"""What ``tix doctor --repair`` does about each kind of problem, empty if it leaves it alone."""

WARNINGS = frozenset(
    {
        "unfinished_commit",
        "stray",
        "orphan",
        "unknown_file",
        "lock_held",
        "network_folder",
        "no_full_text",
        "no_time_zones",
        "clash",
    }
)
"""What is worth knowing and does no harm to the desk."""


class Problem(NamedTuple):
    """One thing that is wrong: a code for scripts, the file or record, and a sentence."""

    code: str
    place: str
    what: str

    @property
    def remedy(self) -> str:
        """What ``--repair`` does about it."""
        return REMEDIES[self.code]

    @property
    def is_warning(self) -> bool:
        """True if the desk is healthy all the same."""
        return self.code in WARNINGS


class Report:
    """The problems found so far, with the pages and tickets that have to be made anew."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}
        self.pages: set[str] = set()
        self.tickets: set[int] = set()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, each once, in the order in which it was."""
        return tuple(self._problems)

    @property
    def calls_for_repair(self) -> bool:
        """True if a page has to be written or a file to be removed."""
        untouched = WARNINGS - {"orphan"} | {"mode", "link"}
        return any(problem.code not in untouched for problem in self._problems)

    @property
    def is_healthy(self) -> bool:
        """True if nothing was found but warnings."""
        return all(problem.is_warning for problem in self._problems)

    def add(self, code: str, place: str, what: str) -> None:
        """Add a problem that is neither a page's nor a ticket's."""
        self._problems[Problem(code, place, what)] = None

    def add_page(self, code: str, name: str, what: str) -> None:
        """Add a problem of a page."""
        self.pages.add(name)
        self.add(code, name, what)

    def add_ticket(self, code: str, number: int, what: str) -> None:
        """Add a problem of a ticket."""
        self.tickets.add(number)
        self.add(code, f"ticket {number}", what)

    def merge(self, other: Report) -> None:
        """Add all that another report has."""
        self._problems |= dict.fromkeys(other.problems)
        self.pages |= other.pages
        self.tickets |= other.tickets
