"""A first map of a CSV file, guessed from its headers and values, to be read and corrected."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC
from itertools import chain, count, islice
from typing import TYPE_CHECKING

from tix.domain.people import is_address
from tix.errors import BadData
from tix.ops.importing.headers import likely
from tix.ops.importing.maps import TIMES
from tix.ops.importing.people import field_name, slug
from tix.ops.importing.problems import Problem
from tix.ops.importing.times import EXAMPLES, Times
from tix.text import unsafe_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tix.ops.importing.rows import Sheet

SAMPLE_ROWS = 20_000
_FEW = 40
_NULL = ("n/a", "na", "null", "nil", "none", "-", "--", "?")
_BEGINNINGS = {
    "status": {
        "new": "new",
        "open": "open",
        "in progress": "open",
        "answered": "answered",
        "replied": "answered",
        "pending": "pending",
        "wait": "pending",
        "hold": "pending",
        "on hold": "pending",
        "on-hold": "pending",
        "resol": "resolved",
        "solved": "resolved",
        "done": "resolved",
        "complet": "resolved",
        "fixed": "resolved",
        "clos": "closed",
        "spam": "spam",
        "delet": "trash",
    },
    "priority": {
        "low": "low",
        "minor": "low",
        "trivial": "low",
        "p4": "low",
        "normal": "normal",
        "medium": "normal",
        "moderate": "normal",
        "p3": "normal",
        "high": "high",
        "major": "high",
        "p2": "high",
        "urgent": "urgent",
        "critical": "urgent",
        "blocker": "urgent",
        "p1": "urgent",
    },
    "type": {
        "question": "question",
        "inquiry": "question",
        "incident": "incident",
        "bug": "incident",
        "problem": "problem",
        "task": "task",
        "request": "task",
    },
}
_TIME_LEFT = "  # a time: resolved, closed or due?"
_OTHERWISE = {"status": "open", "priority": "normal", "type": ""}
_PEOPLE = ("customer.email", "customer.name", "customer.phone", "customer.id")


def guess(sheet: Sheet, name: str) -> str:
    """Return a map of *sheet* as TOML with comments; the same file gives the same map."""
    return "\n".join([*_Guess(sheet, name).lines(), ""])


class _Guess:
    """What a sheet tells of its columns."""

    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet = sheet
        self._name = slug(name) or "csv"
        self._values = _values(sheet)
        self._fields = likely([c for c in sheet.header if self._values.get(c)])
        self._forms = {
            field: _forms(self._values[column])
            for field, column in list(self._fields.items())
            if field in TIMES
        }
        for field in [field for field, forms in self._forms.items() if not forms]:
            del self._fields[field], self._forms[field]
        self._find_by_values()

    def lines(self) -> Iterator[str]:
        """Return the lines of the map."""
        yield f"# A first map of {self._sheet.label}, guessed: read it, correct it, then try"
        yield f"#   tix import {self._sheet.label} --map THIS_FILE --dry-run"
        yield f"name = {_quoted(self._name)}"
        yield from self._keys()
        yield from self._ticket()
        yield from self._dates()
        for field in _BEGINNINGS:
            if field in self._fields:
                yield from self._translations(field)

    def _keys(self) -> Iterator[str]:
        column = self._fields.get("id")
        if column and self._is_unique(column):
            yield f"id = {_quoted(column)}"
        else:
            yield '# id = "…"  # no column names each row; the content of a row will'
        present = {value for values in self._values.values() for value in values}
        null = sorted(value for value in present if value.casefold() in _NULL)
        if null:
            yield f"null = [{', '.join(map(_quoted, null))}]"
        creates = [f"{what}s" for what in ("agent", "department") if self._has(what)]
        if creates:
            yield f"create = [{', '.join(map(_quoted, creates))}]  # those not on the desk yet"
        form = self._form()
        if form:
            yield f"date = {_quoted(form)}  # {EXAMPLES[form]}"
            if self._is_ambiguous():
                yield '# every date could also be "eu", the day before the month'
        yield '# zone = "Europe/Zagreb"  # of times that name none; else the desk\'s'

    def _ticket(self) -> Iterator[str]:
        yield ""
        yield "[ticket]"
        mapped = {column for field, column in self._fields.items() if field != "id"}
        for field, column in self._fields.items():
            if field == "category" and "subcategory" in self._fields:
                yield f"category = [{_quoted(column)}, {_quoted(self._fields['subcategory'])}]"
            elif field not in ("id", "subcategory"):
                yield f"{field} = {_quoted(column)}"
        names: set[str] = set()
        for column in self._sheet.header:
            if column in mapped or column == self._fields.get("id") or not column:
                continue
            if not self._values.get(column):
                yield f"# {_quoted(column)} is empty or comes twice"
                continue
            name = _free(field_name(column) or "column", names)
            is_time = set(_forms(self._values[column])) - {"epoch"}
            key = name if name.isascii() else _quoted(name)
            yield f"fields.{key} = {_quoted(column)}" + _TIME_LEFT * bool(is_time)

    def _dates(self) -> Iterator[str]:
        others = {
            field: forms[0] for field, forms in self._forms.items() if self._form() not in forms
        }
        if others:
            yield ""
            yield "[dates]"
            yield from (f"{field} = {_quoted(form)}" for field, form in others.items())

    def _translations(self, field: str) -> Iterator[str]:
        values = self._values[self._fields[field]]
        yield ""
        yield f"[values.{field}]"
        for value in sorted(values)[:_FEW]:
            rows = f"{values[value]} row{'s' * (values[value] != 1)}"
            yield f"{_quoted(value)} = {_quoted(_meaning(field, value))}  # {rows}"
        if len(values) > _FEW:
            yield f'"*" = {_quoted(_OTHERWISE[field])}  # and {len(values) - _FEW} others'

    def _find_by_values(self) -> None:
        """Find by their values what no header tells: addresses, a status, a subject."""
        # A "State" is as often a part of a country.
        state = self._fields.get("status", "")
        if state.casefold().endswith("state") and not self._holds_statuses(state):
            del self._fields["status"]
        free = [c for c in self._sheet.header if self._values.get(c) and c not in self._taken()]
        if "customer.email" not in self._fields:
            self._take("customer.email", next(filter(self._holds_addresses, free), None))
        if "status" not in self._fields:
            self._take("status", next(filter(self._holds_statuses, free), None))
        if "subject" not in self._fields:
            self._take("subject", self._likely_subject())
        if not any(field in self._fields for field in _PEOPLE):
            self._fields.pop("customer.organisation", None)

    def _likely_subject(self) -> str:
        """Return the column whose texts differ most, if they are of a subject's length."""

        def rank(column: str) -> tuple[bool, int]:
            values = self._values[column]
            mean = sum(map(len, values)) / max(1, len(values))
            return 10 <= mean <= 200, len(values)

        free = [column for column in self._values if column not in self._taken()]
        return max(free or self._values, key=rank)

    def _take(self, field: str, column: str | None) -> None:
        if column is not None and column not in self._taken():
            self._fields[field] = column

    def _taken(self) -> set[str]:
        return set(self._fields.values())

    def _has(self, what: str) -> bool:
        return {"agent": "assignee"}.get(what, what) in self._fields

    def _is_unique(self, column: str) -> bool:
        values = self._values[column]
        return len(values) == max(sum(v.values()) for v in self._values.values()) == values.total()

    def _holds_addresses(self, column: str) -> bool:
        values = self._values[column]
        return sum(map(is_address, values)) > len(values) * 0.8

    def _holds_statuses(self, column: str) -> bool:
        values = self._values[column]
        known = [value for value in values if _begins("status", value)]
        return len(values) <= _FEW and sum(values[v] for v in known) > values.total() * 0.5

    def _form(self) -> str:
        """Return the form that most of the time columns have."""
        counts = Counter(forms[0] for forms in self._forms.values())
        return counts.most_common(1)[0][0] if counts else ""

    def _is_ambiguous(self) -> bool:
        return bool(self._forms) and all({"us", "eu"} <= set(f) for f in self._forms.values())


def _values(sheet: Sheet) -> dict[str, Counter[str]]:
    """Return how often each column has which value; empty cells aside.

    Raises:
        BadData: No column has a name of its own.
    """
    header = sheet.header
    found: dict[str, Counter[str]] = {c: Counter() for c in header if c and header.count(c) == 1}
    if not found:
        raise BadData(f"{sheet.label} has no column with a name of its own")
    for row in islice(sheet.rows(), SAMPLE_ROWS):
        if isinstance(row, Problem):
            continue
        for column, cell in zip(header, row.cells, strict=True):
            if column in found and cell.strip():
                found[column][unsafe_cell(cell.strip())] += 1
    return found


def _forms(values: Mapping[str, int]) -> list[str]:
    """Return the forms in which every value can be read as a time."""
    texts = [text for text in values if text.casefold() not in _NULL]
    return [form for form in EXAMPLES if texts and all(map(_reader(form), texts))]


def _reader(form: str) -> Callable[[str], bool]:
    times = Times((form,), UTC)

    def reads(text: str) -> bool:
        try:
            times(text)
        except ValueError:
            return False
        return True

    return reads


def _begins(field: str, value: str) -> str:
    """Return the longest word that is known for *field* and begins *value*."""
    words = _BEGINNINGS[field]
    folded = value.casefold()
    return max(filter(folded.startswith, words), key=len, default="")


def _meaning(field: str, value: str) -> str:
    return _BEGINNINGS[field].get(_begins(field, value), _OTHERWISE[field])


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name}_{n}" for n in count(2))
    free = next(one for one in chain([name], numbered) if one not in taken)
    taken.add(free)
    return free


def _quoted(text: str) -> str:
    """Return *text* as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
