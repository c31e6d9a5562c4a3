"""The set-up as a document: shown, applied, compared, and every version of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, Clock, make_desk, meaning, opened, staffed, ticket
from tix.domain.field import Field
from tix.domain.people import Agent, Department
from tix.domain.setup import SCALE, KnownTag, Priority, SavedQuery, Setup
from tix.errors import Conflict, NotFound, Refused, UnknownField
from tix.ops import saved, setup
from tix.ops.change import Altered
from tix.ops.people import agents
from tix.ops.people.finding import add_customer
from tix.ops.setup import SetupInvalid, Version
from tix.ops.setup.problems import lines_of
from tix.ops.setup.tables import TABLES
from tix.ops.tickets import filing, moves
from tix.ops.tickets.talking import Draft, open_ticket
from tix.ops.transactions import writing
from tix.ops.undo import redo, undo
from tix.record import replace

if TYPE_CHECKING:
    from tix.desk import Desk

WHOLE = """\
[desk]
zone = "Europe/Zagreb"
default_priority = "bug"
quiet_days = 30
types = ["Order", "repair"]
categories = ["web / login", "billing/refund"]
[priorities]
bug = { weight = 2, colour = "bold red" }
wish.weight = 1
[fields.Shop]
kind = "choice"
choices = ["Web", "store"]
about = "where it was bought"
[tags.VIP]
description = "they pay well"
[departments.billing]
title = "Bills"
email = "Bills@Example.com"
phone = "00385 1 234"
channels = ["email", "Phone"]
signature = "Bye\\nfor now"
[agents.Alice]
email = "alice@example.com"
departments = ["billing"]
tier = 2
zone = "Asia/Tokyo"
[queries.pressing]
query = 'prio:bug dept:billing "two words"'
sort = "-waiting"
"""


def setup_of(desk: Desk) -> Setup:
    return desk.store.read(lambda tx: tx.setup)


def text_of(desk: Desk) -> str:
    return setup.show(desk).text


def problems(desk: Desk, text: str) -> list[str]:
    """Return what is wrong with a document; nothing may be changed by it."""
    before = text_of(desk)
    with pytest.raises(SetupInvalid) as error:
        setup.apply(desk, text, "x.toml")
    assert text_of(desk) == before
    return [str(problem) for problem in error.value.problems]


def test_a_document_sets_up_everything(desk: Desk) -> None:
    change = setup.apply(desk, WHOLE, "x.toml")

    assert (change.op, len(change.records)) == (1, 12)
    assert setup_of(desk) == Setup(
        version=2,
        zone="Europe/Zagreb",
        priorities=(Priority("wish", 1), Priority("bug", 2, "bold red")),
        default_priority="bug",
        types=("order", "repair"),
        quiet_days=30,
        fields=(Field("shop", "choice", ("Web", "store"), "where it was bought"),),
        tags=(KnownTag("vip", "they pay well"),),
        categories=("web/login", "billing/refund"),
    )
    billing = Department(
        "billing",
        "Bills",
        "bills@example.com",
        "Bye\nfor now",
        phone="+3851234",
        channels=("email", "phone"),
    )
    alice = Agent("alice", "alice@example.com", None, ("billing",), 2, (), "Asia/Tokyo")
    query = SavedQuery("pressing", ("prio:bug", "dept:billing", '"two words"'), "-waiting")
    kept = desk.store.read(lambda tx: (tx.departments.all(), tx.agents.all(), tx.queries.all()))
    assert kept == ([billing], [alice], [query])


def test_what_is_shown_changes_nothing_when_it_is_applied(desk: Desk) -> None:
    setup.apply(desk, WHOLE, "x.toml")
    shown = setup.show(desk)

    again = setup.apply(desk, shown.text, "x.toml")

    assert (again.op, again.records, again.unchanged) == (None, (), ())
    assert setup.show(desk) == shown
    assert setup.difference(desk, shown.text, "x.toml") == ""


def test_a_fresh_desk_shows_every_key_there_is(desk: Desk) -> None:
    shown = setup.show(desk)

    assert shown.version == 0
    assert shown.tables["desk"] == {
        "zone": None,
        "default_priority": "normal",
        "quiet_days": 14,
        "types": ["question", "incident", "problem", "task"],
        "categories": [],
    }
    assert [row["name"] for row in shown.tables["priorities"]] == [p.name for p in SCALE]
    for table in TABLES:
        assert f"\n[{table.name}]\n" in shown.text
        for key in table.keys:
            assert f"{key.name} = " in shown.text, (table.name, key.name)


def test_the_examples_of_the_document_can_be_used(desk: Desk) -> None:
    lines = [line for line in text_of(desk).splitlines() if line.startswith("#   ")]
    examples = "\n".join(line.removeprefix("#   ") for line in lines)
    rest = '[priorities.normal]\nweight = 2\n[policy]\ndefault = "gold"\n'

    change = setup.apply(desk, f"{examples}\n{rest}", "x.toml")

    kinds = [altered.kind for altered in change.records]
    assert kinds == [
        *["priority"] * 4,
        *["field", "tag", "department", "agent", "query"],
        *["calendar"] * 2,
        *["level"] * 2,
        *["policy", "report", "alert"],
    ]


def test_a_table_that_is_absent_stays_and_one_that_is_there_is_the_whole_truth(desk: Desk) -> None:
    setup.apply(desk, WHOLE, "x.toml")

    change = setup.apply(desk, "[tags.money]\n[queries]\n", "x.toml")

    query = SavedQuery("pressing", ("prio:bug", "dept:billing", '"two words"'), "-waiting")
    assert change.records == (
        Altered("tag", "money", None, KnownTag("money")),
        Altered("tag", "vip", KnownTag("vip", "they pay well"), None),
        Altered("query", "pressing", query, None),
    )
    assert setup_of(desk).categories == ("web/login", "billing/refund")


def test_applying_is_one_operation_that_undo_takes_back_exactly(desk: Desk) -> None:
    setup.apply(desk, WHOLE, "x.toml")
    before = setup.show(desk)
    cut = before.text.replace("quiet_days = 30", "quiet_days = 3").replace("tier = 2", "tier = 3")
    setup.apply(desk, cut.replace("[tags.vip]", "[tags.new]"), "x.toml")
    after = setup.show(desk)

    change = undo(desk)

    assert setup.show(desk).tables == before.tables
    assert [(a.kind, a.id) for a in change.records] == [
        ("agent", "alice"),
        ("desk", "set-up"),
        ("tag", "new"),
        ("tag", "vip"),
    ]
    redo(desk)
    assert setup.show(desk).tables == after.tables


def test_undo_is_refused_where_something_depends_on_what_it_takes_away(desk: Desk) -> None:
    number = opened(desk)
    more = "[priorities]\nnormal.weight = 1\nworst.weight = 9\n"
    applied = setup.apply(desk, more, "x.toml").op
    filing.prioritize(desk, [number], "worst")

    with pytest.raises(Conflict) as error:
        undo(desk, applied)
    assert error.value.message == "priority 'worst' is left out and needed by ticket 1"
    assert error.value.hint == "change these tickets first, or use --force"

    setup.apply(desk, "[desk]\ndefault_priority = 'worst'\n", "x.toml")
    with pytest.raises(Conflict) as error:
        undo(desk, applied)
    assert error.value.message == "new tickets are worst by now"

    undo(desk, applied, force=True)
    assert setup_of(desk).scale == ("low", "normal", "high", "urgent")


def test_a_dry_run_tells_the_same_and_does_nothing(desk: Desk) -> None:
    tried = setup.apply(meaning(desk, dry_run=True), WHOLE, "x.toml")
    assert setup.show(desk).version == 0

    assert setup.apply(meaning(desk), WHOLE, "x.toml").records == tried.records


def test_a_key_that_was_used_does_nothing_again(desk: Desk) -> None:
    setup.apply(meaning(desk, key="k"), "[tags.a]\n", "x.toml")

    again = setup.apply(meaning(desk, key="k"), "[tags.b]\n", "x.toml")

    assert again.records == ()
    assert setup_of(desk).tags == (KnownTag("a"),)


def test_every_problem_is_told_at_once_with_its_line(desk: Desk) -> None:
    text = """\
version = -1
[dekk]
[desk]
quiet_days = "a"
zone = "Europe/Zagrep"
defalt_priority = "normal"
[priorities.high]
weight = 0
[agents]
alice = 7
[agents.bob]
tier = 1
tierr = 1
skills = [
  "sql",
  7,
]
[agents.BOB]
[agents."no name"]
[queries.x]
[queries.y]
query = "stauts:open"
"""
    assert problems(desk, text) == EVERY_PROBLEM


EVERY_PROBLEM = """\
line 1: version: must be a whole number
line 2: dekk: there is no such table. Did you mean 'desk'?
line 3: desk.default_priority: there is no priority 'normal'. There are high.
line 4: desk.quiet_days: must be a whole number. Such as 14
line 5: desk.zone: there is no time zone 'Europe/Zagrep'. Did you mean 'Europe/Zagreb'?
line 6: desk.defalt_priority: a desk has no such key. Did you mean 'default_priority'?
line 8: priorities.high.weight: must be from 1 to 1000
line 10: agents.alice: must be a table: [agents.alice]
line 13: agents.bob.tierr: an agent has no such key. Did you mean 'tier'?
line 14: agents.bob.skills: must be a list of texts such as ["a", "b"]. Such as ["sql", "german"]
line 18: agents.BOB: there are two called 'bob'
line 19: agents.no name: 'no name' cannot be the name of an agent. A name is one word that\
 begins with a letter: letters, digits and . _ -
line 20: queries.x: query is missing. Such as query = "prio:high.. is:unanswered"
line 22: queries.y.query: unknown field 'stauts' in 'stauts:open'. Did you mean 'status'?\
 (Use text:"stauts:open" to search for it.)
""".splitlines()


WRONG = """\
[tags
    line 1: this is no TOML: expected ']' at the end of a table declaration
[desk]|quiet_days
    line 2: this is no TOML: expected '=' after a key in a key/value pair
[desk]|zone =
    line 2: this is no TOML: invalid value
tags = 7
    line 1: tags: must be a table: [tags]
xyzzy = 7
    line 1: xyzzy: there is no such table. There are desk, priorities, fields, tags, departments,\
 agents, queries, calendars, levels, policy, reports, alerts.
[priorities]
    line 1: priorities: there must be one at least
[priorities.a]|weight = 1
    desk.default_priority: there is no priority 'normal'. There are a.
[priorities.normal]|weight = 1|[priorities.a]|weight = 1
    line 2: priorities.normal.weight: a has the same
[priorities.normal]|weight = 1|colour = 'rde'
    line 3: priorities.normal.colour: 'rde' is no colour; there are bold, dim, red, green, yellow,\
 blue, magenta, cyan. Did you mean 'red'?
[priorities.normal]|weight = 1|[priorities.up]|weight = 2
    line 3: priorities.up: 'up' cannot be the name of a priority or type
[desk]|types = []
    line 2: desk.types: must name at least one
[desk]|categories = ['a//b']
    line 2: desk.categories: '' cannot be a part of a category
[fields.a]|kind = 'qqqq'
    line 2: fields.a.kind: 'qqqq' is no kind of field; there are text, number, date, choice
[fields.a]|kind = 'choice'
    line 1: fields.a: choices are missing. Such as choices = ["a", "b"]
[fields.a]|choices = ['a']
    line 2: fields.a.choices: a text has none. Only kind = "choice" has.
[fields.a]|kind = 'choice'|choices = ['a', 'A']
    line 3: fields.a.choices: a choice is there twice
[fields.'a-b']
    line 1: fields.a-b: 'a-b' cannot be the name of a field: letters, digits and _
[tags.'a,b']
    line 1: tags.a,b: 'a,b' cannot be a tag: one word without a comma
[agents.a]|departments = ['x']
    line 2: agents.a.departments: there is no department 'x'
[agents.a]|email = 'a@b.c'|[agents.b]|email = 'a@b.c'
    line 4: agents.b.email: a@b.c belongs to a
[queries.a]|query = ' '
    line 2: queries.a.query: must have a word. Such as is:open.
[queries.a]|query = 'query:b'
    line 2: queries.a.query: no saved query 'b'
[queries.a]|query = 'x'|sort = 'rank'
    line 3: queries.a.sort: 'rank' is no field to sort by. Did you mean 'reason'?
"""


@pytest.mark.parametrize("case", WRONG.splitlines()[::2])
def test_what_does_not_work_is_told_where_it_stands(desk: Desk, case: str) -> None:
    told = dict(zip(*[iter(WRONG.splitlines())] * 2, strict=True))[case].strip()

    (found,) = problems(desk, case.replace("|", "\n"))

    assert found.startswith(told)


def test_a_line_is_found_however_toml_is_spelled() -> None:
    assert lines_of(SPELLED) == {
        ("agents",): 1,
        ("agents", "al ice"): 1,
        ("agents", "al ice", "tier"): 1,
        ("tags",): 2,
        ("tags", "a"): 2,
        ("tags", "b.c"): 2,
        ("tags", "b.c", "description"): 2,
        ("queries",): 3,
        ("queries", "x"): 4,
        ("queries", "x", "query"): 4,
        ("queries", "x", "sort"): 8,
        ("desk",): 9,
        ("desk", "types"): 10,
        ("desk", "zone"): 13,
    }


SPELLED = """\
agents . "al ice" . tier = 1
tags = { a = {}, "b.c" = { description = "x" } }
[queries]
x.query = '''
[desk]
quiet_days = 1
'''
x.sort = 'id'
[ desk ]
types = [  # a list
  "a",
]
zone = ""
"""


def test_a_document_that_is_nested_too_deeply_is_told(desk: Desk) -> None:
    assert problems(desk, "a = " + "[" * 3000) == ["lists are nested too deeply"]


def test_one_problem_is_the_error_itself_and_many_are_counted(desk: Desk) -> None:
    with pytest.raises(SetupInvalid) as one:
        setup.apply(desk, "[tgas]\n", "x.toml")
    with pytest.raises(SetupInvalid) as two:
        setup.apply(desk, "[tgas]\n[agnts]\n", "x.toml")

    assert one.value.message == "x.toml line 1: tgas: there is no such table"
    assert one.value.hint == "Did you mean 'tags'?"
    assert two.value.message == "x.toml has 2 problems, nothing was changed"
    assert two.value.ids == ("tgas", "agnts")


def test_what_was_broken_before_does_not_stand_in_the_way(desk: Desk) -> None:
    staffed(desk, Agent("alice", departments=("gone",)))

    assert setup.apply(desk, text_of(desk), "x.toml").records == ()
    assert setup.apply(desk, "[tags.a]\n", "x.toml").op is not None


def test_a_saved_query_that_would_no_longer_work_is_told(desk: Desk) -> None:
    staffed(desk, departments=("web",))
    saved.save(desk, "mine", ["dept:web"])

    (problem,) = problems(desk, "[departments.mail]\n")

    assert problem.startswith("queries.mine.query: ")
    assert "'web'" in problem


def test_a_saved_query_knows_agents_types_and_other_queries_of_the_document(desk: Desk) -> None:
    text = """\
[desk]
types = ["order"]
[agents.bob]
[queries.a]
query = "assignee:bob type:order query:B"
[queries.b]
query = "assignee:alice"
"""
    assert setup.apply(desk, text, "x.toml").op == 1


def test_a_document_from_another_version_is_refused_unless_it_changes_nothing(desk: Desk) -> None:
    text = text_of(desk)
    setup.apply(desk, text.replace("[tags]", "[tags.a]"), "x.toml")

    with pytest.raises(Conflict) as error:
        setup.apply(desk, text, "x.toml")
    same = setup.apply(desk, text.replace("[tags]", "[tags.a]"), "x.toml")

    assert error.value.message == "the set-up is at version 1, and x.toml was made from version 0"
    assert "tix setup diff x.toml" in error.value.hint
    assert same.records == ()
    assert setup.apply(desk, text.replace("version = 0\n", ""), "x.toml").op == 2


def test_if_rev_stands_for_a_version_line(desk: Desk) -> None:
    setup.apply(meaning(desk, if_rev=0), "[tags.a]\n", "x.toml")

    with pytest.raises(Conflict) as error:
        setup.apply(meaning(desk, if_rev=0), "[tags.b]\n", "x.toml")

    assert error.value.message == "the set-up is at version 1, not 0"


def test_what_open_tickets_need_cannot_be_left_out(desk: Desk) -> None:
    staffed(desk, Agent("bob"), departments=("web",))
    number = opened(desk, priority="high", type="task", department="web", assignee="bob")
    for _ in range(6):
        opened(desk, priority="urgent")
    text = """\
[desk]
types = ["question"]
[priorities]
normal = { weight = 2 }
[departments]
[agents]
"""
    before = text_of(desk)

    with pytest.raises(Refused) as error:
        setup.apply(desk, text, "x.toml")

    assert error.value.message == (
        "agent bob has open ticket 1; "
        "department 'web' is left out and needed by ticket 1; "
        "priority 'high' is left out and needed by ticket 1; "
        "priority 'urgent' is left out and needed by tickets 2, 3, 4, 5, 6, ...; "
        "type 'task' is left out and needed by ticket 1"
    )
    assert error.value.ids == (1, 2, 3, 4, 5, 6, 7)
    assert text_of(desk) == before
    assert ticket(desk, number).priority == "high"


def test_agents_who_are_left_out_are_retired_if_they_had_tickets_and_gone_if_not(
    desk: Desk,
) -> None:
    staffed(
        desk, Agent("bob", departments=("web", "mail")), Agent("carol"), departments=("web", "mail")
    )
    number = opened(desk, assignee="bob")
    moves.resolve(desk, [number])

    change = setup.apply(desk, "[agents.dora]\n[departments.mail]\n", "x.toml")

    bob = Agent("bob", departments=("mail",), retired=True)
    assert desk.store.read(lambda tx: tx.agents.all()) == [bob, Agent("dora")]
    assert [(a.kind, a.id) for a in change.records] == [
        ("department", "web"),
        ("agent", "bob"),
        ("agent", "carol"),
        ("agent", "dora"),
    ]


def test_nobody_is_retired_who_has_open_tickets(desk: Desk) -> None:
    staffed(desk, Agent("bob"))
    opened(desk, assignee="bob")

    with pytest.raises(Refused, match="agent bob has open ticket 1"):
        setup.apply(desk, "[agents.bob]\nretired = true\n", "x.toml")


def test_the_order_in_which_things_are_kept_means_nothing(desk: Desk) -> None:
    with writing(desk, "elsewhere") as tx:
        tx.put_setup(replace(tx.setup, tags=(KnownTag("b"), KnownTag("a"))))

    assert setup.apply(desk, text_of(desk), "x.toml").records == ()


def test_every_change_of_the_set_up_is_a_version_with_who_when_and_why(
    desk: Desk, clock: Clock
) -> None:
    agents.add(meaning(desk, why="joins us"), "bob")
    opened(desk)
    clock.at += timedelta(hours=1)
    saved.save(meaning(desk), "mine", ["is:mine"])
    setup.apply(desk, "[desk]\nquiet_days = 3\n[tags.a]\n[priorities.normal]\nweight = 9\n", "x")
    undo(desk)

    found = setup.versions(desk)

    later = START + timedelta(hours=1)
    scale = ("priorities.high", "priorities.low", "priorities.normal", "priorities.urgent")
    parts = ("desk", *scale, "tags.a")
    assert found.total == 4
    assert found.rows == (
        Version(4, later, "agent:alice", "undo", "", 5, parts),
        Version(3, later, "agent:alice", "setup apply", "", 4, parts),
        Version(2, later, "agent:alice", "query save", "", 3, ("queries.mine",)),
        Version(1, START, "agent:alice", "agent add", "joins us", 1, ("agents.bob",)),
    )
    assert setup.versions(desk, limit=2).rows == found.rows[:2]
    assert setup.versions(desk, limit=9).rows == found.rows


def test_a_fresh_desk_has_no_versions(desk: Desk) -> None:
    opened(desk)

    assert setup.versions(desk) == ((), 0)


def test_every_version_can_be_shown_as_it_was(desk: Desk) -> None:
    shown = [setup.show(desk)]
    for act in (
        lambda: agents.add(desk, "bob", tier=2),
        lambda: open_ticket(desk, Draft("X", customer="jo@example.com")),
        lambda: setup.apply(desk, "[tags.a]\n[agents]\n[queries.x]\nquery = 'is:mine'\n", "x"),
        lambda: saved.drop(desk, "x"),
        lambda: undo(desk),
    ):
        act()
        if setup.show(desk).version == len(shown):
            shown.append(setup.show(desk))

    assert len(shown) == 5
    assert [setup.show(desk, version) for version in range(5)] == shown


def test_numbers_of_versions_that_a_backup_did_not_have_lead_nowhere(desk: Desk) -> None:
    agents.add(desk, "bob")
    before = setup.show(desk)
    with writing(desk, "restore") as tx:
        for _ in range(2):
            tx.next_number("setup")

    assert [version.number for version in setup.versions(desk).rows] == [1]
    for version in (1, 2, 3):
        assert setup.show(desk, version).tables == before.tables
    assert setup.show(desk, 0).tables["agents"] == []


def test_what_else_an_operation_changed_is_no_part_of_its_version(desk: Desk) -> None:
    before = setup.show(desk)
    with writing(desk, "import") as tx:
        add_customer(tx, addresses=["jo@example.com"])
        tx.agents.put(Agent("bob"))

    assert [version.changed for version in setup.versions(desk).rows] == [("agents.bob",)]
    assert setup.show(desk, 0) == before


@pytest.mark.parametrize("version", [1, 9])
def test_a_version_that_never_was_is_not_found(desk: Desk, version: int) -> None:
    with pytest.raises(NotFound) as error:
        setup.show(desk, version)

    assert error.value.message == f"the set-up has no version {version}"
    assert error.value.hint == "the last one is 0"


def test_a_difference_leads_from_the_desk_to_the_document(desk: Desk) -> None:
    setup.apply(desk, "[agents.bob]\ntier = 2\n", "x.toml")

    found = setup.difference(desk, "[agents.bob]\ntier = 3\n", "x.toml")
    since = setup.difference(desk, None, "now", 0)

    assert found.splitlines()[:2] == ["--- the desk", "+++ x.toml"]
    changed = [line for line in found.splitlines()[2:] if line[0] in "+-"]
    assert changed == ["-tier = 2", "+tier = 3"]
    assert since.splitlines()[:2] == ["--- version 0", "+++ now"]
    assert "+[agents.bob]" in since.splitlines()


def test_a_difference_to_a_bad_document_tells_its_problems(desk: Desk) -> None:
    with pytest.raises(SetupInvalid):
        setup.difference(desk, "[tgas]\n", "x.toml")


def test_fields_that_the_desk_defines_are_checked_on_tickets(desk: Desk) -> None:
    number = opened(desk)
    filing.edit(desk, [number], fields={"free": "text"})
    setup.apply(desk, "[fields.order]\nkind = 'number'\n", "x.toml")

    filing.edit(desk, [number], fields={"order": "77"})
    filing.edit(desk, [number], fields={"free": ""})

    assert ticket(desk, number).fields == {"order": "77"}
    with pytest.raises(UnknownField):
        filing.edit(desk, [number], fields={"ordre": "77"})


def test_known_tags_are_not_new(desk: Desk) -> None:
    number = opened(desk)
    setup.apply(desk, "[tags.billing]\n", "x.toml")

    assert filing.tag(desk, [number], ["billing"]).notices == ()
    (notice,) = filing.tag(desk, [number], ["bilingl"]).notices
    assert notice == ("new_tag", "new tag 'bilingl' (did you mean 'billing'?)")


def test_categories_that_the_desk_does_not_know_are_announced(desk: Desk) -> None:
    silent = filing.edit(desk, [opened(desk)], category="a/b")
    setup.apply(desk, "[desk]\ncategories = ['billing/refund']\n", "x.toml")

    edited = filing.edit(desk, [1], category="billing/refunds")
    made = open_ticket(desk, Draft("X", category="xyzzy"))
    known = open_ticket(desk, Draft("X", category="billing/refund"))

    assert (silent.notices, known.notices) == ((), ())
    assert edited.notices == (
        ("new_category", "new category 'billing/refunds' (did you mean 'billing/refund'?)"),
    )
    assert made.notices == (("new_category", "new category 'xyzzy'"),)


def test_two_desks_set_up_alike_show_the_same_bytes() -> None:
    desks = [make_desk(Clock()), make_desk(Clock())]
    setup.apply(desks[0], WHOLE, "x.toml")
    setup.apply(desks[1], setup.show(desks[0]).text.replace("version = 1\n", ""), "x.toml")

    assert text_of(desks[0]) == text_of(desks[1])
