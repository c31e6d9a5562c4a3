"""The folder that Zendesk exports."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.commandline import ROOT
from tests.ops.desks import history, opened, staffed
from tests.ops.imports import customers, exported, refused, tickets
from tix.domain.people import Agent, Department
from tix.domain.status import Status
from tix.domain.thread import thread
from tix.domain.ticket import Link
from tix.errors import BadData
from tix.ops.importing.run import Imported, bring_in
from tix.ops.importing.zendesk.source import Zendesk

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tix.desk import Desk

SAMPLE = ROOT / "docs" / "examples" / "zendesk-sample"
UNKNOWN_PEOPLE = [
    "403125197514",
    "396331237134",
    "402813302773",
    "402862357193",
    "410930434074",
    "410416672973",
    "419688934974",
    "424883466453",
    "1500656884401",
]
UNKNOWN_ORGANISATIONS = [
    "370297696174",
    "370319191913",
    "370326203233",
    "370326207973",
    "370319212353",
    "370331279213",
    "370326130213",
]
TICKETS = "id,subject,status,created_at,requester_id,description"


def take(desk: Desk, folder: Path, **ways: Any) -> Imported:
    return bring_in(desk, Zendesk(str(folder)), **ways)


def at(day: int, *time: int, month: int = 10) -> datetime:
    return datetime(2025, month, day, *time, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.fixture
def sample(desk: Desk) -> Desk:
    """A desk with the sample export."""
    imported = take(desk, SAMPLE)
    assert (imported.tickets, imported.oddities) == (((1, 10),), ())
    return desk


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder with one ticket."""
    (tmp_path / "ticket_data.csv").write_text(
        f"{TICKETS}\n1,Broken,open,2025-10-01 08:00:00,,It.\n"
    )
    return tmp_path


def test_every_ticket_has_the_status_and_the_times_of_the_source(sample: Desk):
    found = [
        (t.fields["zendesk"], t.status.value, t.substatus, t.priority, t.created_at)
        for t in tickets(sample)
    ]

    assert found == [
        ("101", "closed", None, "urgent", at(6, 6, 41, 12)),
        ("109", "closed", None, "normal", at(6, 7, 2, 48)),
        ("102", "closed", None, "high", at(7, 14, 3, 55)),
        ("110", "new", None, "normal", at(1, 3, 14, 15, month=11)),
        ("103", "closed", None, "normal", at(3, 10, 27, 30, month=11)),
        ("104", "pending", "customer", "low", at(5, 12, 50, 47, month=11)),
        ("105", "pending", "third-party", "high", at(6, 8, 15, 20, month=11)),
        ("106", "open", None, "normal", at(10, 15, 2, 33, month=11)),
        ("108", "open", None, "normal", at(12, 16, 30, month=11)),
        ("107", "new", None, "high", at(13, 17, 45, 1, month=11)),
    ]


def test_a_conversation_comes_in_whole(sample: Desk):
    said = thread(history(sample, 1))

    assert [(m.kind, m.author, m.at) for m in said] == [
        ("customer", "customer:C-1", at(6, 6, 41, 12)),
        ("note", "agent:mia-torres", at(6, 6, 58, 40)),
        ("reply", "agent:mia-torres", at(6, 7, 10, 25)),
        ("customer", "customer:C-1", at(6, 7, 31, 9)),
        ("reply", "agent:mia-torres", at(6, 8, 4, 57)),
    ]
    assert (said[0].body or "").startswith("Hello,\n\nsince I reset my password")
    first = tickets(sample)[0]
    assert (first.first_response_at, first.resolved_at, first.closed_at) == (
        at(6, 7, 10, 25),
        at(6, 8, 4, 57),
        at(11, 8, 0, 4),
    )


def test_fields_tags_people_and_ties_come_along(sample: Desk):
    found = {t.fields["zendesk"]: t for t in tickets(sample)}

    assert found["109"].links == (Link("duplicate-of", 1),)
    assert tickets(sample)[0].links == (Link("duplicated-by", found["109"].id),)
    assert found["106"].links == (Link("parent", 7),)
    assert tickets(sample)[6].links == (Link("child", found["106"].id),)
    assert found["109"].tags == ("login", "closed_by_merge")
    assert (found["102"].department, found["102"].fields["external_id"]) == ("billing", "HI-20931")
    assert (found["108"].type, found["108"].channel) == ("task", "phone")
    assert found["108"].due_at == at(21, 12, month=11)
    assert found["110"].trashed_at == at(1, 8, 0, 40, month=11)
    assert (found["107"].assignee, found["105"].assignee) == (None, "mia-torres")


def test_a_call_that_an_agent_wrote_down_is_a_note(sample: Desk):
    said = thread(history(sample, 9))

    assert [(m.kind, m.author) for m in said] == [
        ("note", "agent:ben-okafor"),
        ("reply", "agent:ben-okafor"),
        ("customer", "customer:C-6"),
    ]


def test_users_become_customers_and_agents_groups_departments(sample: Desk):
    agents, departments = sample.store.read(lambda tx: (tx.agents.all(), tx.departments.all()))
    jo = customers(sample)[0]

    assert agents[1] == Agent("mia-torres", "mia@harbour-invoices.example", "Mia Torres")
    assert departments == [Department("billing", "Billing"), Department("support", "Support")]
    assert (jo.name, jo.addresses, jo.phones, jo.organisation, jo.since, jo.tags, jo.fields) == (
        "Jo Lindqvist",
        ("jo.lindqvist@fjord-outdoor.example",),
        ("+4722000111",),
        "Fjord Outdoor AS",
        date(2024, 2, 5),
        ("vip",),
        {"external_id": "F-118", "zendesk": "8001"},
    )


def test_a_second_run_changes_nothing(sample: Desk):
    before = exported(sample)

    again = take(sample, SAMPLE)

    assert (again.total, again.known, again.oddities) == (0, 10, ())
    assert exported(sample) == before


def test_who_is_on_the_desk_already_is_found(desk: Desk):
    opened(desk, customer="ruth@alder-sons.example")
    staffed(desk, Agent("mia", "Mia@harbour-invoices.example"), departments=("support",))

    take(desk, SAMPLE)

    assert tickets(desk)[3].requester == 1
    assert tickets(desk)[1].assignee == "mia"
    assert len(desk.store.read(lambda tx: tx.agents.all())) == 3


def test_an_export_whose_tables_barely_join_comes_in_with_all_oddities_named(
    desk: Desk, shared_data: Path
):
    imported = take(desk, shared_data / "zendesk-export")

    assert imported.total == 10
    assert [sentence.split(": ") for sentence in imported.oddities] == [
        [
            "20 comments on tickets not in the export, left out",
            "1077, 7636, 7367, 13628, 13095, 13057, 14352",
        ],
        ["10 tags on tickets not in the export, left out", "123, 455, 789, 1011, 1012"],
        [
            "19 changes of tickets not in the export, left out",
            "6964, 974, 980, 8205, 103, 108, 95, 107, 102, 226, …",
        ],
        ["1 ticket merged into others and not in the export, left out", "1967"],
        [
            "9 people without a row, now customers known by id alone",
            ", ".join(UNKNOWN_PEOPLE),
        ],
        [
            "6 assignees not among the agents, kept as a field",
            "396371699653, 396315360434, 396371706773, 396334400494, 402851697393, 418284131934",
        ],
        [
            "3 groups without a row, kept as a field",
            "360006965034, 360008376313, 360013366274",
        ],
        [
            "7 organisations without a row, left out",
            ", ".join(UNKNOWN_ORGANISATIONS),
        ],
        [
            "1 address or phone of several customers, leading to the first of them",
            "example@email.com",
        ],
    ]
    told = next(t for t in tickets(desk) if t.fields["zendesk"] == "11071")
    assert (told.assignee, told.priority, told.status) == ("arthur-agent", "urgent", Status.CLOSED)
    assert told.resolved_at == datetime(2020, 11, 14, 11, 1, 27, tzinfo=UTC)
    assert told.closed_at == datetime(2020, 11, 15, 11, 1, 27, tzinfo=UTC)


def test_words_that_mean_nothing_are_told(desk: Desk, tables: Path):
    (tables / "ticket_data.csv").write_text(
        "id,subject,status,description,priority,type,group_id,assignee_id\n"
        "1,,stuck,,asap,chat,9,\n2,,new,First line\nof two,,,,\n".replace("\nof two", " of one")
    )
    (tables / "user_tag_data.csv").write_text("user_id,tag\n7,vip\n7,vip\n")
    (tables / "user_data.csv").write_text(
        "id,role,name,email,phone,organization_id\n7,end-user,Jo,jo@,home,5\n8,admin,,,,\n"
    )
    (tables / "ticket_comment_data.csv").write_text(
        "id,ticket_id,body,created,public,user_id\n1,1,,2025-10-01,TRUE,7\n"
    )

    imported = take(desk, tables)

    assert imported.oddities == (
        "1 comment without text, left out, on tickets: 1",
        "1 group without a row, kept as a field: 9",
        "1 organisation without a row, left out: 5",
        "1 mail address in a wrong form, left out: jo@",
        "1 phone number in a wrong form, left out: home",
        "1 status unknown here, taken as open: stuck",
        "1 priority unknown here, left out: asap",
        "1 type unknown here, left out: chat",
    )
    assert [(t.subject, t.status.value) for t in tickets(desk)] == [
        ("(no subject)", "open"),
        ("First line of one", "new"),
    ]
    assert tickets(desk)[0].fields == {"zendesk": "1", "zendesk_group": "9"}


def test_who_writes_decides_what_a_comment_is(desk: Desk, tables: Path):
    (tables / "users.csv").write_text("id,role,name\n7,agent,Bob\n8,end-user,Jo\n")
    (tables / "ticket_data.csv").write_text(
        f"{TICKETS},submitter_id\n"
        "1,a,open,2025-10-01,7,,\n2,b,open,2025-10-01,8,,7\n3,c,open,2025-10-01,,,\n"
    )
    (tables / "ticket_comments.csv").write_text(
        "ticket_id,plain_body,created_at,public,author_id\n"
        "1,I am Bob,2025-10-01,true,7\n"
        "1,I ask again,2025-10-02,true,7\n"
        "2,We call you,2025-10-01,true,\n"
        "2,Fine,2025-10-02,true,8\n"
        "2,Who am I?,2025-10-03,false,99\n"
        "3,Before it all,2025-09-01,true,\n"
        "3,Nobody,2025-10-02,true,\n"
    )

    take(desk, tables)

    said = {n: [(m.kind, m.author) for m in thread(history(desk, n))] for n in (1, 2, 3)}
    assert said == {
        1: [("customer", "customer:C-2"), ("customer", "customer:C-2")],
        2: [("reply", "agent:bob"), ("customer", "customer:C-1"), ("note", "customer:C-3")],
        3: [("customer", "import:zendesk"), ("customer", "import:zendesk")],
    }
    assert tickets(desk)[1].outbound


def test_a_description_that_is_no_comment_comes_first(desk: Desk, tables: Path):
    (tables / "ticket_comment_data.csv").write_text(
        "ticket_id,body,created,public,user_id\n1,Other,2025-09-01 08:00:00,FALSE,\n"
    )

    take(desk, tables)

    assert [(m.kind, m.body, m.at) for m in thread(history(desk, 1))] == [
        ("customer", "It.", at(1, 8)),
        ("note", "Other", at(1, 8)),
    ]


def test_ties_lead_to_tickets_of_earlier_imports_and_of_this_one(desk: Desk, tables: Path):
    take(desk, tables)
    header = f"{TICKETS},problem_id,via_followup_source_id,merged_ticket_ids"
    (tables / "ticket_data.csv").write_text(
        f'{header}\n2,b,open,2025-10-02,,,1,3,[]\n3,c,open,2025-10-03,,,,77,"[2, 4]"\n'
    )

    imported = take(desk, tables)

    assert [t.links for t in tickets(desk)] == [
        (),
        (Link("parent", 1), Link("related", 3), Link("duplicate-of", 3)),
        (Link("related", 2), Link("duplicated-by", 2)),
    ]
    assert imported.oddities == (
        "1 ticket merged into others and not in the export, left out: 4",
        "1 tie to tickets that are not there left out: 77",
    )


def test_no_ticket_is_tied_to_itself(desk: Desk, tables: Path):
    (tables / "ticket_data.csv").write_text(f"{TICKETS},problem_id\n1,b,open,2025-10-02,,,1\n")

    assert take(desk, tables).oddities == ("1 tie to tickets that are not there left out: 1",)


@pytest.mark.parametrize(
    ("table", "content", "message"),
    [
        ("ticket", f"{TICKETS}\n1,a,new,soon,,\n", "created_at: 'soon' is not a time such as"),
        ("ticket", f"{TICKETS},due_at\n1,a,new,,,,soon\n", "due_at: 'soon' is not a time"),
        ("ticket", f"{TICKETS}\n1,a\n", "line 2: 2 cells where the header has 6"),
        ("ticket", f"{TICKETS}\n,a,new,,,\n", "id: the row has no id"),
        (
            "ticket",
            f"{TICKETS}\n1,a,new,,,\n1,b,new,,,\n",
            "ticket_data.csv line 3: id: '1' is the id of ticket_data.csv line 2 as well",
        ),
        ("ticket", f"{TICKETS}\n1,{'x' * 2001},new,,,\n", "subject: a subject has at most"),
        ("user", "id,role,name\n1\n", "user_data.csv line 2: 1 cell where the header has 3"),
        ("user", "id,role,name,created_at\n1,agent,x,soon\n", "created_at: 'soon' is not a time"),
        ("ticket_tag", "tag,ticket_id\nx\n", "ticket_tag_data.csv line 2: 1 cell where"),
        (
            "ticket_comment",
            "ticket_id,body,created\n1,x,\n",
            "created: the comment has no time",
        ),
        (
            "ticket_field_history",
            "ticket_id,field_name,updated,value\n1,status,soon,solved\n",
            "updated: 'soon' is not a time",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    desk: Desk, tables: Path, table: str, content: str, message: str
):
    (tables / f"{table}_data.csv").write_text(content)

    assert message in refused(take, desk, tables)


def test_the_columns_of_zendesk_are_named_where_the_desk_refuses(desk: Desk):
    source = Zendesk(str(SAMPLE))

    assert [source.column(field) for field in ("assignee", "department", "subject")] == [
        "assignee_id",
        "group_id",
        "subject",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        (
            "other.csv",
            "",
            "has no ticket_data.csv or ticket.csv or tickets.csv",
            "is it the folder",
        ),
        ("ticket.csv", "id,subject\n", "ticket.csv has no column status", ""),
        ("tickets.csv", "id,subject,sttus\n", "has no column status", "Did you mean 'sttus'?"),
        ("ticket_data.csv", "", "ticket_data.csv is empty", ""),
    ],
)
def test_a_folder_that_is_no_export_is_refused(
    tmp_path: Path, name: str, content: str, message: str, hint: str
):
    (tmp_path / name).write_text(content)

    with pytest.raises(BadData) as error:
        Zendesk(str(tmp_path))

    assert message in error.value.message
    assert hint in error.value.hint


def test_deleted_groups_are_left_out(desk: Desk, tmp_path: Path):
    folder = shutil.copytree(SAMPLE, tmp_path / "sample")
    (folder / "group_data.csv").write_text(
        "id,name,_fivetran_deleted\n501,Support,FALSE\n502,Billing,TRUE\n"
    )

    take(desk, folder)

    assert [d.name for d in desk.store.read(lambda tx: tx.departments.all())] == ["support"]
