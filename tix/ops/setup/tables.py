"""The tables of a set-up document: one entry in ``TABLES`` adds one.

A table holds records by name; a row is what the codec makes of a record. Records are kept by
themselves, in the transaction under the name of the table, or as a member of ``Setup`` of that
name. The table ``desk`` is ``Setup``'s single members, ``policy`` one of them: each is one
row, without a name.
"""

from __future__ import annotations

from functools import partial

from tix.domain.field import Field
from tix.domain.people import Agent, Department, normal_address, normal_name, normal_phone
from tix.domain.query import joined_line
from tix.domain.setup import (
    BusinessHours,
    KnownTag,
    Priority,
    SavedAlert,
    SavedQuery,
    SavedReport,
    Setup,
)
from tix.domain.sla.policy import Level, Policy
from tix.ops.levels import NONE
from tix.ops.reports.saving import ALERT, saved_name
from tix.ops.saved import query_name
from tix.ops.setup import checks, promises, reports
from tix.ops.setup.table import Key, Table
from tix.record import NamedTuple

DESK, POLICY, CALENDARS, LEVELS = "desk", "policy", "calendars", "levels"


class Basics(NamedTuple):
    """The row of the table ``desk``, by the names that ``Setup`` has for its members."""

    name: str = ""
    zone: str | None = None
    default_priority: str = Setup.default_priority
    quiet_days: int = Setup.quiet_days
    types: tuple[str, ...] = Setup.types
    categories: tuple[str, ...] = ()


_GOALS = (
    ("first", "until the first answer"),
    ("next", "until each further answer"),
    ("update", "until they hear from us again"),
    ("resolution", "until it is resolved"),
)


def _goal(name: str, about: str) -> Key:
    example = '{ high = "1h", any = "4h" }'
    return Key(name, dict, about, example, promises.goal, shown=promises.goal_table)


_ABOUT = Key(
    "query",
    str,
    "which tickets it is about",
    '"tag:billing"',
    checks.query_words,
    "words",
    shown=joined_line,
)

TABLES = (
    Table(
        DESK,
        "desk",
        Basics,
        "The desk as a whole.",
        "",
        str,
        (
            Key("zone", str, "the time zone of business hours", '"Europe/Zagreb"', checks.zone),
            Key("default_priority", str, "of a new ticket", '"normal"', checks.word),
            Key(
                "quiet_days",
                int,
                "after so many days without a word a resolved ticket is closed",
                "14",
                checks.between(1, 3650),
            ),
            Key("types", list, "what a ticket can be", '["question"]', checks.words),
            Key(
                "categories",
                list,
                "what tickets are about; any other is announced as new",
                '["billing/refund", "billing/invoice"]',
                checks.categories,
            ),
        ),
        in_setup=True,
        single=True,
    ),
    Table(
        "priorities",
        "priority",
        Priority,
        "How pressing a ticket can be.",
        "high",
        checks.word,
        (
            Key(
                "weight",
                int,
                "the higher, the more pressing",
                "3",
                checks.between(1, 1000),
                is_needed=True,
            ),
            Key("colour", str, "dim, red, green, yellow, blue ...", '"yellow"', checks.colour),
            Key("criteria", str, "when it is due, in words", '"somebody cannot work"'),
        ),
        in_setup=True,
    ),
    Table(
        "fields",
        "field",
        Field,
        "Fields of your own. Without any, tickets take every field and any text in it;\n"
        "with some, only these.",
        "shop",
        checks.field_name,
        (
            Key("kind", str, "text, number, date or choice", '"choice"', checks.field_kind),
            Key("choices", list, "what a choice can be", '["web", "store"]', checks.choices),
            Key("about", str, "what it is for", '"where it was bought"'),
        ),
        in_setup=True,
    ),
    Table(
        "tags",
        "tag",
        KnownTag,
        "Tags that you have agreed on; any other is announced as new.\n"
        "What a tag is called on tickets is changed by tix tags rename.",
        "refund",
        checks.tag_name,
        (Key("description", str, "what it is for", '"money goes back"'),),
        in_setup=True,
    ),
    Table(
        "departments",
        "department",
        Department,
        "Piles of tickets; who works on each is said with the agents.",
        "billing",
        lambda text: normal_name(text, "a department"),
        (
            Key("title", str, "the name that customers see", '"Billing"'),
            Key(
                "email",
                str,
                "where customers write to",
                '"billing@example.com"',
                normal_address,
                "address",
            ),
            Key("phone", str, "where customers call", '"+385 1 234 567"', normal_phone),
            Key("channels", list, "how it can be reached", '["email", "phone"]', checks.listed),
            Key("kind", str, "such as function, product, region", '"function"'),
            Key("signature", str, "what stands below its replies", '"Your billing team"'),
        ),
    ),
    Table(
        "agents",
        "agent",
        Agent,
        "Who answers. One who is left out is retired, or gone if they never had a ticket.",
        "alice",
        lambda text: normal_name(text, "an agent"),
        (
            Key("email", str, "their address", '"alice@example.com"', normal_address, "address"),
            Key("display_name", str, "the name that customers see", '"Alice Marsh"'),
            Key("departments", list, "whom they work for", '["billing"]', checks.listed),
            Key("tier", int, "the level of support they give", "1", checks.between(1, 9)),
            Key("skills", list, "what they know about", '["sql", "german"]', checks.listed),
            Key("zone", str, "the time zone they work in", '"Europe/Zagreb"', checks.zone),
            Key("retired", bool, "they get no more tickets", "false"),
        ),
    ),
    Table(
        "queries",
        "query",
        SavedQuery,
        "Queries under a name: tix list query:NAME.",
        "pressing",
        query_name,
        (
            Key(
                "query",
                str,
                "as tix list takes it",
                '"prio:high.. is:unanswered"',
                checks.query_words,
                "words",
                is_needed=True,
                shown=joined_line,
            ),
            Key("sort", str, "the order of its lists", '"-waiting"'),
        ),
    ),
    Table(
        CALENDARS,
        "calendar",
        BusinessHours,
        "Business hours: when the time of promises runs. Hours over midnight are 22:00-06:00.\n"
        "A holiday is a date (or first..last), a rule, or a country and region such as DE-BY;\n"
        'ics = "holidays.ics" takes them from a file.',
        "support",
        lambda text: normal_name(text, "a calendar"),
        (
            Key("zone", str, "its time zone; else the desk's", '"Europe/Zagreb"', checks.zone),
            Key(
                "hours",
                dict,
                "when it is open, by weekday",
                '{ mon-fri = "08:00-12:00, 13:00-17:00" }',
                promises.week,
                "week",
                is_needed=True,
                shown=promises.week_table,
            ),
            Key(
                "holidays",
                list,
                "when nobody works",
                '["2026-12-25 Christmas", "easter+1 Easter Monday"]',
                promises.holidays,
                shown=promises.holiday_entries,
                items=(str, dict),
            ),
            Key(
                "exceptions",
                dict,
                "dates with other hours",
                '{ 2026-12-24 = "08:00-12:00", 2026-12-31 = "closed" }',
                promises.exceptions,
                shown=promises.exceptions_table,
            ),
        ),
        in_setup=True,
    ),
    Table(
        LEVELS,
        "level",
        Level,
        "Levels of service: what is promised, by priority (any: each other one). Working time\n"
        'is 4h or 3bd (working days); with base = "calendar" it is real time. A goal can also\n'
        'have pause = ["pending:customer"], mode = "first", penalty = 50, hourly_penalty = 5.',
        "gold",
        lambda text: normal_name(text, "a level"),
        (
            Key("calendar", str, "in which hours time runs", '"support"', str.casefold),
            *(_goal(name, about) for name, about in _GOALS),
            Key("warnings", list, "from when a clock is at risk", '["50%", "30m before"]', tuple),
            Key(
                "ladder",
                list,
                "what to do at a mark of a clock",
                '[{ at = "breach", do = ["priority up", "notify alice"] }]',
                promises.ladder,
                shown=promises.ladder_entries,
                items=(dict,),
            ),
            Key("priority", str, "what a ticket gets along with it", '"high"', checks.word),
        ),
        in_setup=True,
    ),
    Table(
        POLICY,
        "policy",
        Policy,
        "Which level a ticket gets: that of the first rule that finds it, else the default.",
        "",
        str,
        (
            Key(
                "default",
                str,
                "the level of all other tickets, or none",
                '"gold"',
                promises.level_name,
                shown=lambda name: name or NONE,
            ),
            Key(
                "rules",
                list,
                "queries, in order",
                '[{ when = "is:vip", level = "gold" }]',
                promises.rules,
                shown=promises.rule_entries,
                items=(dict,),
            ),
        ),
        in_setup=True,
        single=True,
    ),
    Table(
        "reports",
        "report",
        SavedReport,
        "Reports under a name: tix report NAME. Dates are as tix report takes them.",
        "monday",
        saved_name,
        (
            Key(
                "report",
                str,
                "which one it is",
                '"departments"',
                reports.report,
                is_needed=True,
            ),
            _ABOUT,
            Key("from", str, "from when on", '"-7d"', member="since"),
            Key("to", str, "up to when", '"yesterday"', member="until"),
            Key("by", str, "a row for each", '"week"', reports.period),
            Key("group_by", str, "a row for each", '"agent"', reports.group, "group"),
        ),
        in_setup=True,
    ),
    Table(
        "alerts",
        "alert",
        SavedAlert,
        "Thresholds that tix alert looks at.",
        "slow",
        partial(saved_name, noun=ALERT),
        (
            Key(
                "when",
                str,
                "a metric, what it is compared with, and the time it is of",
                '"frt.p90 > 4h over 7d"',
                reports.threshold,
                is_needed=True,
            ),
            _ABOUT,
        ),
        in_setup=True,
    ),
)


def table_named(name: str) -> Table | None:
    """Return the table of this name."""
    return next((table for table in TABLES if table.name == name), None)
