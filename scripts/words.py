"""What ``tix __complete`` offers without a desk: fields, states, settings … and their meaning."""

from __future__ import annotations

import json

# The values of fields, by their names or by how they are compared.
VALUES = {
    "ID": "ticket",
    "SCALE": "level",
    "TAGS": "tag",
    "CUSTOMER": "customer+name",
    "TIME": "date",
    "FLAG": "flag",
    "STATE": "state",
    "assignee": "agent",
    **{name: name for name in ("status", "substatus", "reason", "link", "dept", "type")},
    **{name: name for name in ("organisation", "group", "plan", "kind", "category", "channel")},
}


def words() -> str:
    """Return as JSON the fixed words, and of which kind the values of each field are."""
    from tix.domain.query import FIELDS
    from tix.domain.query.fields import SYNONYMS

    values = {
        name: VALUES.get(name) or VALUES.get(field.kind.name, "") for name, field in FIELDS.items()
    }
    kinds = {name: kind for name, kind in values.items() if kind}
    terms = {
        **kinds,
        **{word: kinds[name] for word, name in SYNONYMS.items() if name in kinds},
        **dict.fromkeys(("has", "no"), "field"),
        "query": "query",
    }
    return json.dumps({"terms": terms, "words": fixed()}, indent=1, ensure_ascii=False) + "\n"


def fixed() -> dict[str, dict[str, str]]:
    """Return the words of each kind that are the same on every desk, with what they mean."""
    from tix.cli.schema import bundled, names
    from tix.config import SETTINGS
    from tix.domain.query import FIELDS, STATES
    from tix.domain.setup import SCALE, TYPES
    from tix.domain.status import MEANING, REASONS, SUBSTATUSES
    from tix.domain.ticket import LINKS
    from tix.reports import REPORTS
    from tix.reports.metrics import METRICS

    fields = {name: field.help for name, field in FIELDS.items()}
    return {
        "field": fields,
        "flag": {"yes": "", "no": ""},
        "heading": {name: text for name, text in fields.items() if _is_heading(name)},
        "level": {priority.name: priority.criteria for priority in SCALE},
        "link": dict.fromkeys(LINKS, ""),
        "metric": {name: metric.title for name, metric in METRICS.items()},
        "order": {name: text for name, text in fields.items() if _is_order(name)},
        "reason": dict.fromkeys(REASONS, ""),
        "report": {name: kind.summary for name, kind in REPORTS.items()},
        "schema": {name: str(bundled(name)["title"]) for name in names()},
        "setting": {setting.name: setting.help for setting in SETTINGS},
        "state": {name: state.help for name, state in STATES.items()},
        "status": {status.value: meaning for status, meaning in MEANING.items()},
        "substatus": dict.fromkeys(SUBSTATUSES, ""),
        "type": dict.fromkeys(TYPES, ""),
    }


def _is_heading(field: str) -> bool:
    from tix.domain.query import facets
    from tix.errors import UnknownField

    try:
        facets(field)
    except UnknownField:
        return False
    return True


def _is_order(field: str) -> bool:
    from tix.domain.query import sort_rows
    from tix.errors import UnknownField

    try:
        sort_rows((), field, ())
    except UnknownField:
        return False
    return True
