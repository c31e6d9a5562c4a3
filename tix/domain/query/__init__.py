"""The one query language of tix: in lists, rules, saved queries and reports.

``words`` spells, ``fields`` and ``states`` say what can be asked for, ``values`` and
``parse`` read, ``terms`` is the query as data, ``match`` the meaning of it; ``plan`` tells a
store where to look, ``order`` sorts and groups by the same fields.
"""

from tix.domain.query.fields import FIELDS, SYNONYMS, Field, Kind, Seen
from tix.domain.query.match import matcher, matches
from tix.domain.query.order import facets, sort_rows
from tix.domain.query.parse import parse
from tix.domain.query.plan import EVERYTHING_UNSETTLED, bounds, defaulted, exact
from tix.domain.query.states import STATES
from tix.domain.query.terms import Range, Term, TicketQuery
from tix.domain.query.values import Context
from tix.domain.query.words import joined_line, split_line

__all__ = [
    "EVERYTHING_UNSETTLED",
    "FIELDS",
    "STATES",
    "SYNONYMS",
    "Context",
    "Field",
    "Kind",
    "Range",
    "Seen",
    "Term",
    "TicketQuery",
    "bounds",
    "defaulted",
    "exact",
    "facets",
    "joined_line",
    "matcher",
    "matches",
    "parse",
    "sort_rows",
    "split_line",
]
