"""CSV by a map: what becomes of its rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import hostile
from tests.ops.desks import (
    START,
    Clock,
    history,
    make_desk,
    meaning,
    staffed,
)
from tests.ops.imports import (
    PLAIN,
    by_map,
    exported,
    one,
    refused,
    tickets,
)
from tix.domain.people import Agent
from tix.domain.status import Status
from tix.errors import BadData
from tix.ops import undo
from tix.ops.tickets.moves import trash

if TYPE_CHECKING:
    from tix.desk import Desk

DAY = timedelta(days=1)
BORN = datetime(2026, 11, 1, tzinfo=UTC)


def mapped(*lines: str) -> str:
    """Return a map with these lines in [ticket], the subject before them."""
    return "\n".join(['name = "old"', "[ticket]", 'subject = "subject"', *lines, ""])


def test_a_row_becomes_a_ticket_with_the_times_of_its_source(desk: Desk):
    made = one(
        desk,
        "subject,at,mail,text",
        "Broken,2026-11-01,jo@x.com,It does not start.",
        mapped('created = "at"', 'customer = "mail"', 'body = "text"'),
    )

    (event,) = history(desk, made.id)
    assert (event.kind, event.at, event.recorded_at) == ("opened", BORN, START)
    assert (event.by, event.cause, event.body) == (
        "customer:C-1",
        "import:old",
        "It does not start.",
    )
    assert (made.subject, made.status, made.priority) == ("Broken", Status.NEW, "normal")
    assert (made.created_at, made.waiting_since, made.messages) == (BORN, BORN, 1)


def test_every_field_finds_its_place(desk: Desk):
    staffed(desk, Agent("bob"), departments=("it",))

    made = one(
        desk,
        "subject,p,t,prod,part,tags,via,who,dept,due,o",
        'Broken,HIGH,Problem,Phone,Screen,"vip; late,New one",web,Bob,IT,2026-12-01,77',
        mapped(
            'priority = "p"',
            'type = "t"',
            'category = ["prod", "part"]',
            'tags = "tags"',
            'channel = "via"',
            'assignee = "who"',
            'department = "dept"',
            'due = "due"',
            'fields.order = "o"',
        ),
    )

    assert (made.priority, made.type, made.category) == ("high", "problem", "Phone/Screen")
    assert made.tags == ("vip", "late", "new-one")
    assert (made.channel, made.assignee, made.department) == ("web", "bob", "it")
    assert made.due_at == datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)
    assert made.fields == {"order": "77"}


def test_a_category_of_two_columns_can_be_written_with_a_slash(desk: Desk):
    how = mapped('category = "prod/part"')

    assert one(desk, "subject,prod,part", "a,Phone,Screen", how).category == "Phone/Screen"
    assert one(desk, "subject,prod/part", "b,Phone", how).category == "Phone"
    assert one(desk, "subject,prod,part", "c,,Screen", how).category == "Screen"


def test_columns_are_joined_as_their_field_wants_it(desk: Desk):
    made = one(
        desk,
        "a,b,c",
        "one,two,three",
        '[ticket]\nsubject = ["a", "b"]\nbody = ["b", "c"]\n'
        'tags = ["a", "c"]\nchannel = ["a", "b"]',
    )

    assert (made.subject, made.tags, made.channel) == ("one - two", ("one", "three"), "one two")
    assert history(desk, made.id)[0].body == "two\n\nthree"


def test_constants_fill_what_the_row_leaves_empty(desk: Desk):
    toml = (
        mapped('channel = "via"') + '[constants]\nchannel = "web"\ntype = "task"\ntags = ["a","b"]'
    )

    assert one(desk, "subject,via", "a,", toml).channel == "web"
    made = one(desk, "subject,via", "b,fax", toml)
    assert (made.channel, made.type, made.tags) == ("fax", "task", ("a", "b"))


def test_values_are_translated_and_null_words_are_nothing(desk: Desk):
    toml = (
        'null = ["N/A"]\n'
        + mapped('status = "s"', 'channel = "via"', 'type = "t"')
        + '[values.status]\n"Closed*" = "closed"\n"closed by us" = "spam"\n"*" = "open"\n'
        + '[values.type]\n"none" = ""\n"" = "task"\n'
    ).replace('name = "old"\n', "", 0)

    found = [
        (made.status.value, made.channel, made.type)
        for made in (
            one(desk, "subject,s,via,t", f"x{n},{row}", toml)
            for n, row in enumerate(
                ["CLOSED with relief,N/A,Problem", "Closed by us,fax,None", "waiting,fax,", ",fax,"]
            )
        )
    ]

    assert found == [
        ("closed", None, "problem"),
        ("spam", "fax", None),
        ("open", "fax", "task"),
        ("new", "fax", "task"),
    ]


def test_the_filter_of_a_map_takes_and_leaves_out_rows(desk: Desk):
    toml = mapped() + '[only]\nstate = ["Open*", ""]\n[skip]\nsubject = "test*"\n'

    imported = by_map(
        desk, "subject,state\na,Open\nb,open again\nTest 1,Open\nc,\nd,Closed\n", toml
    )

    assert [made.subject for made in tickets(desk)] == ["a", "b", "c"]
    assert imported.oddities == ("2 rows left out by [only] and [skip] of old.toml",)


def test_formula_guards_are_taken_off(desk: Desk):
    assert one(desk, "subject", "'=1+1", mapped()).subject == "=1+1"
    assert one(desk, "subject", "'twas", mapped()).subject == "'twas"


def test_times_without_a_zone_are_in_the_zone_of_the_map(desk: Desk):
    toml = 'zone = "America/New_York"\ndate = "us"\n' + mapped('created = "at"')

    assert one(desk, "subject,at", "a,7/4/2026 8:00", toml).created_at == datetime(
        2026, 7, 4, 12, tzinfo=UTC
    )


def test_a_field_can_have_a_form_of_dates_of_its_own(desk: Desk):
    toml = mapped('created = "at"', 'due = "due"') + '[dates]\ndue = "epoch"\n'

    made = one(desk, "subject,at,due", "a,2026-11-01,1795539600", toml)

    assert (made.created_at, made.due_at) == (BORN, datetime(2026, 11, 24, 17, tzinfo=UTC))


STATUSES = {
    "new": ["opened"],
    "open": ["opened", "set_open"],
    "answered": ["opened", "edited"],
    "pending": ["opened", "waiting"],
    "postponed": ["opened", "postponed"],
    "resolved": ["opened", "resolved"],
    "closed": ["opened", "resolved", "closed"],
    "spam": ["opened", "marked_spam"],
    "trash": ["opened", "trashed"],
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_ticket_gets_to_its_status_by_the_moves_there_are(desk: Desk, status: str):
    toml = mapped('created = "at"', 'updated = "up"', 'status = "s"', 'snoozed = "until"')

    made = one(desk, "subject,at,up,s,until", f"a,2026-11-01,2026-11-20,{status},2026-12-01", toml)

    told = history(desk, made.id)
    assert [event.kind for event in told] == STATUSES[status]
    assert [event.at for event in told[1:]] == [BORN + 19 * DAY] * (len(told) - 1)
    if status != "trash":
        assert made.status == status


def test_substatus_and_reason_come_along(desk: Desk):
    toml = mapped('status = "s"', 'substatus = "u"', 'reason = "r"')

    assert one(desk, "subject,s,u,r", "a,pending,third-party,", toml).substatus == "third-party"
    assert one(desk, "subject,s,u,r", "b,resolved,,wontfix", toml).reason == "wontfix"
    assert one(desk, "subject,s,u,r", "c,pending,,", toml).substatus == "customer"


def test_a_wait_that_is_over_has_no_end(desk: Desk):
    toml = mapped('created = "at"', 'status = "s"', 'snoozed = "until"')

    made = one(desk, "subject,at,s,until", "a,2026-11-01,pending,2026-10-01", toml)

    assert (made.status, made.snoozed_until) == (Status.PENDING, None)


def test_without_a_status_the_times_tell_it(desk: Desk):
    toml = mapped('created = "at"', 'resolved = "r"', 'closed = "c"')

    found = [
        one(desk, "subject,at,r,c", f"x{n},2026-11-01,{row}", toml)
        for n, row in enumerate(["2026-11-10,2026-11-12", "2026-11-10,", ",2026-11-12", ","])
    ]

    assert [(t.status.value, t.resolved_at, t.closed_at) for t in found] == [
        ("closed", BORN + 9 * DAY, BORN + 11 * DAY),
        ("resolved", BORN + 9 * DAY, None),
        ("closed", BORN + 11 * DAY, BORN + 11 * DAY),
        ("new", None, None),
    ]


def test_what_ended_before_it_began_ends_when_it_begins_and_is_named(desk: Desk):
    toml = mapped('created = "at"', 'closed = "c"')

    imported = by_map(desk, "subject,at,c\na,2026-11-01,2026-10-30\n", toml)

    assert imported.oddities == (
        "1 ticket ended before beginning, and now end on beginning: old.csv line 2",
    )
    assert tickets(desk)[0].closed_at == BORN


def test_what_was_resolved_long_ago_is_closed_in_the_same_breath(desk: Desk):
    toml = mapped('created = "at"', 'resolved = "r"')

    made = one(desk, "subject,at,r", "a,2026-10-01,2026-10-02", toml)

    assert made.status is Status.CLOSED
    assert history(desk, made.id)[-1].by == "system"


def test_a_second_run_changes_nothing(desk: Desk):
    text = "id,subject\n1,a\n2,b\n"
    by_map(desk, text)
    before = exported(desk)

    again = by_map(desk, text)

    assert (again.total, again.known, again.op) == (0, 2, None)
    assert exported(desk) == before


def test_new_rows_of_a_later_file_come_in(desk: Desk):
    by_map(desk, "id,subject\n1,a\n")

    assert by_map(desk, "id,subject\n1,a changed\n2,b\n").tickets == ((2, 2),)
    assert [made.subject for made in tickets(desk)] == ["a", "b"]


def test_without_an_id_equal_rows_count_as_often_as_they_come(desk: Desk):
    assert by_map(desk, "subject\na\na\n", mapped()).total == 2
    assert by_map(desk, "subject\na\na\nb\na\n", mapped()).tickets == ((3, 4),)
    assert [made.subject for made in tickets(desk)] == ["a", "a", "b", "a"]


def test_an_id_counts_once_for_each_name(desk: Desk):
    by_map(desk, "id,subject\n1,a\n")

    assert by_map(desk, "id,subject\n1,b\n", PLAIN.replace('"old"', '"other"')).total == 1


def test_an_id_may_be_several_columns(desk: Desk):
    toml = 'id = ["a", "b"]\n' + mapped()

    assert by_map(desk, "a,b,subject\n1,1,x\n1,2,y\n", toml).total == 2
    assert by_map(desk, "b,a,subject\n2,1,x\n1,2,y\n", toml).known == 1


def test_an_undone_import_can_be_done_again_by_redo(desk: Desk):
    by_map(desk, "id,subject\n1,a\n2,b\n")

    undo.undo(desk)

    assert all(made.trashed_at for made in tickets(desk))
    undo.redo(desk)
    assert not any(made.trashed_at for made in tickets(desk))


def test_an_undone_import_can_be_done_again_with_another_map(desk: Desk):
    by_map(desk, "id,subject,other\n1,a,x\n2,b,y\n")
    undo.undo(desk)

    again = by_map(desk, "id,subject,other\n1,a,x\n2,b,y\n", PLAIN.replace('"subject"', '"other"'))

    assert again.tickets == ((3, 4),)
    assert [made.subject for made in tickets(desk) if not made.trashed_at] == ["x", "y"]
    assert by_map(desk, "id,subject\n1,a\n2,b\n").known == 2


def test_a_ticket_that_was_put_into_the_trash_stays_there(desk: Desk):
    by_map(desk, "id,subject\n1,a\n")
    trash(desk, [1])

    assert by_map(desk, "id,subject\n1,a\n").known == 1


def test_a_dry_run_tells_what_would_come_and_changes_nothing(desk: Desk):
    before = exported(desk)

    imported = by_map(meaning(desk, dry_run=True), "id,subject\n1,a\n")

    assert (imported.tickets, imported.op, imported.dry_run) == (((1, 1),), None, True)
    assert exported(desk) == before


def test_a_key_lets_an_import_run_once(desk: Desk):
    meaning(desk, key="monday")
    by_map(desk, "subject\na\n", mapped())

    assert by_map(desk, "subject\nb\n", mapped()).total == 0
    assert len(tickets(desk)) == 1


def test_the_rows_that_are_written_can_be_watched(desk: Desk):
    seen: list[tuple[str, int]] = []

    def watch(drafts, total):
        for draft in drafts:
            seen.append((draft.subject, total))
            yield draft

    by_map(desk, "id,subject\n1,a\n2,b\n", watch=watch)

    assert seen == [("a", 2), ("b", 2)]


@pytest.mark.parametrize(
    ("header", "row", "lines", "message"),
    [
        ("subject", " ", [], "subject: a ticket needs a subject"),
        ("subject", "x" * 2001, [], "subject: a subject has at most 2000 characters, not 2001"),
        ("subject,at", "a,soon", ['created = "at"'], "at: 'soon' is not a time such as 2026"),
        (
            "subject,at",
            "a,2027-01-01",
            ['created = "at"'],
            "2027-01-01 00:00 UTC lies in the fu",
        ),
        ("subject,p", "a,hgih", ['priority = "p"'], "p: 'hgih' is no priority; there are low, n"),
        ("subject,p", "a,hgih", ['priority = "p"'], "(Did you mean 'high'?)"),
        ("subject,t", "a,x", ['type = "t"'], "t: 'x' is no type"),
        ("subject,s", "a,shut", ['status = "s"'], "s: 'shut' is none of new, open, answered, "),
        ("subject,s", "a,merged", ['status = "s"'], "s: 'merged' is none of new"),
        (
            "subject,s",
            "a,postponed",
            ['status = "s"'],
            "snoozed: a postponed ticket needs",
        ),
        (
            "subject,at,s,u",
            "a,2026-11-01,postponed,2026-10-01",
            ['created = "at"', 'status = "s"', 'snoozed = "u"'],
            "u: it is postponed until before its last event",
        ),
        (
            "subject,w",
            "a,bob",
            ['assignee = "w"'],
            "there is no agent 'bob' (tix agent add bob)",
        ),
        ("subject,w", "a,alcie", ['assignee = "w"'], "'alcie' (did you mean 'alice'?)"),
        (
            "subject,d",
            "a,bilin",
            ['department = "d"'],
            "'bilin' (did you mean 'billing'?)",
        ),
        (
            "subject,d",
            "a,The IT",
            ['department = "d"'],
            "'The IT' (tix dept add the-it)",
        ),
        ("subject,m", "a,jo@", ['customer.email = "m"'], "m: 'jo@' is not a mail address"),
        ("subject,m", "a,-jo@x.com", ['customer = "m"'], "m: '-jo@x.com' is not a mail address"),
        ("subject,m", "a,call me", ['customer.phone = "m"'], "m: 'call me' is not a phone number"),
        ("subject,m", "a,+12", ['customer = "m"'], "m: '+12' is not a phone number"),
        ("subject,c", f"a,{'x' * 2001}", ['category = "c"'], "c: it has 2001 characters; 2000 are"),
        ("subject,t", f"a,{'x' * 101}", ['tags = "t"'], "cannot be a tag"),
    ],
)
def test_a_row_that_means_nothing_here_is_named(
    desk: Desk, header: str, row: str, lines: list[str], message: str
):
    staffed(desk, Agent("alice"), departments=("billing",))

    said = refused(by_map, desk, f"{header}\n{row}\n", mapped(*lines))

    assert said.startswith("old.csv line 2: ")
    assert said.endswith("; nothing was imported")
    assert message in said


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,a\n1,b\n", "old.csv line 3: id: '1' is the id of old.csv line 2 as well"),
        ("1,a\n ,b\n", "old.csv line 3: id: the row has no id"),
    ],
)
def test_an_id_is_there_and_of_one_row_alone(desk: Desk, rows: str, message: str):
    assert message in refused(by_map, desk, "id,subject\n" + rows)


def test_all_bad_rows_are_told_up_to_twenty(desk: Desk):
    told: list[str] = []

    said = refused(
        by_map, desk, "id,subject\n" + "".join(f"{n},\n" for n in range(23)) + "99,a\n",
        tell=told.append,
    )  # fmt: skip

    assert said == (
        "23 of 24 rows cannot be imported, so nothing was: "
        "old.csv line 2: subject: a ticket needs a subject"
    )
    assert told == [
        *(f"old.csv line {n}: subject: a ticket needs a subject" for n in range(2, 22)),
        "… and 3 more bad rows",
    ]


def test_bad_rows_can_be_left_out(desk: Desk):
    told: list[str] = []

    imported = by_map(desk, "id,subject\n1,a\n2,\n3\n4,d\n", keep_going=True, tell=told.append)

    assert (imported.total, imported.rejected) == (2, 2)
    assert [str(problem) for problem in imported.problems] == told
    assert [made.subject for made in tickets(desk)] == ["a", "d"]


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        (
            '[ticket]\nsubject = "subjct"',
            "old.toml names the column 'subjct', and old.csv has none",
            "Did you mean 'subject'?",
        ),
        ('id = "x"\n[ticket]\nsubject = "subject"', "the column 'x'", "it has id, subject, a, a"),
        ('[ticket]\nsubject = "a"', "old.csv has 2 columns 'a'", ""),
        ('[ticket]\nsubject = "subject"\ncategory = "id/y"', "the column 'y'", ""),
        ('[ticket]\nsubject = "subject"\n[only]\nz = "a"', "the column 'z'", ""),
    ],
)
def test_a_column_that_is_not_there_is_an_error(desk: Desk, toml: str, message: str, hint: str):
    with pytest.raises(BadData) as error:
        by_map(desk, "id,subject,a,a\n", toml)

    assert message in error.value.message
    assert hint in error.value.hint


@given(st.lists(st.lists(hostile, min_size=3, max_size=3), max_size=4))
def test_hostile_cells_come_in_or_are_named(rows: list[list[str]]):
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["subject", "text", "tags"])
    for row in rows:
        writer.writerow(["".join(c for c in cell if c != "\r") for cell in row])
    content = out.getvalue().encode("utf-8", "surrogatepass")
    desk = make_desk(Clock())

    imported = by_map(desk, content, mapped('body = "text"', 'tags = "tags"'), keep_going=True)

    assert imported.total == len(tickets(desk))
    assert exported(desk).decode().isascii() or exported(desk).decode()
