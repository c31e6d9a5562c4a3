"""What a map can say, and what is wrong with one that says it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tix.errors import ConfigInvalid
from tix.ops.importing.maps import Map, checked_name, plain_map, read_map


def read(toml: str) -> Map:
    return read_map(toml, Path("old.toml"))


def wrong(toml: str) -> tuple[str, str]:
    """Return message and hint of what is wrong with a map."""
    with pytest.raises(ConfigInvalid) as error:
        read(toml)
    return error.value.message, error.value.hint


def test_a_map_says_all_this():
    toml = """
        name = "desk"
        id = ["Account", "No"]
        encoding = "cp1252"
        delimiter = ";"
        date = ["eu", "%d/%m/%y"]
        zone = "Europe/Zagreb"
        null = ["", "N/A"]
        create = ["agents"]
        [ticket]
        subject = "Title"
        category = "Product/Part"
        customer.email = "Mail"
        fields.order = "Order"
        [constants]
        tags = ["a", "b"]
        fields.from = "desk"
        [values.status]
        "Done*" = "closed"
        [values.fields.order]
        "0" = ""
        [dates]
        due = "epoch"
        [only]
        State = ["Open", ""]
        [skip]
        Title = "Test*"
    """

    assert read(toml) == Map(
        name="desk",
        path="old.toml",
        id=("Account", "No"),
        columns={
            "subject": ("Title",),
            "category": ("Product/Part",),
            "customer.email": ("Mail",),
            "fields.order": ("Order",),
        },
        constants={"tags": "a,b", "fields.from": "desk"},
        values={"status": {"Done*": "closed"}, "fields.order": {"0": ""}},
        dates={"due": ("epoch",)},
        date=("eu", "%d/%m/%y"),
        zone="Europe/Zagreb",
        null=frozenset({"", "N/A"}),
        only={"State": ("Open", "")},
        skip={"Title": ("Test*",)},
        encoding="cp1252",
        delimiter=";",
        creates=frozenset({"agents"}),
    )


def test_a_map_without_a_name_is_called_as_its_file():
    assert read('[ticket]\nsubject = "a"').name == "old"


def test_a_subject_for_all_rows_is_enough():
    assert read('[constants]\nsubject = "Call"').constants == {"subject": "Call"}


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        ("a = ", "old.toml:1: invalid value", ""),
        ("ticket = 1", "old.toml:1: ticket must be a table: [ticket]", ""),
        ('x = 1\n[ticket]\nsubject="a"', "old.toml:1: unknown key 'x'", "there are name, id, "),
        ('nam = "a"', "old.toml:1: unknown key 'nam'", "Did you mean 'name'?"),
        ("[ticket]", "old.toml:1: [ticket] must say which column is the subject", ""),
        (
            '[ticket]\nsubjct = "a"',
            "old.toml:2: unknown field 'subjct' in [ticket]",
            "Did you mean 'subject'?",
        ),
        (
            '[ticket]\nsubject = "a"\ncustomer.mail = "a"',
            "old.toml:3: unknown part of a customer 'mail' in [ticket.customer]",
            "Did you mean 'email'?",
        ),
        ('[ticket]\nsubject = "a"\nfields = "a"', "fields in [ticket] is no such table", ""),
        ('[ticket]\nsubject.a = "a"', "subject in [ticket] is no such table", ""),
        ("[ticket]\nsubject = []", "subject names no column", ""),
        ("[ticket]\nsubject = 1", "subject must be a text, or a list of texts", ""),
        ('[ticket]\nsubject = ""', "subject must be a text, or a list of texts", ""),
        ('name = "a b"', "old.toml:1: 'a b' cannot be the name of a source: one word", ""),
        ("name = 1", "old.toml:1: '' cannot be the name of a source: one word", ""),
        ('zone = "Europe/Zgreb"', "no time zone 'Europe/Zgreb'", "Did you mean 'Europe/Zagreb'?"),
        ("zone = 1", "old.toml:1: there is no time zone ''", "Zones are named like"),
        ('date = "us "', "'us ' is no form of dates: iso, us, eu, epoch, or one", "mean 'us'?"),
        ("date = []", "date names no form of dates", ""),
        ('encoding = "utf8"', "encoding cannot be 'utf8'; there are 'utf-8', ", "mean 'utf-8'?"),
        ('delimiter = "|"', "delimiter cannot be '|'; there are ',', ';', '\\t'", ""),
        ('create = "agent"', "create cannot be 'agent'", "Did you mean 'agents'?"),
        (
            '[ticket]\nsubject = "a"\n[values.status]\nDone = "close"',
            "old.toml:4: status cannot be 'close'; there are 'new', 'open', ",
            "Did you mean 'closed'?",
        ),
        ('[ticket]\nsubject="a"\n[constants]\nreason = "x"', "reason cannot be 'x'", ""),
        ('[ticket]\nsubject="a"\n[values]\nstatus = "x"', "status must be a table of", ""),
        (
            '[ticket]\nsubject="a"\n[values.status]\nDone = 1',
            "values.status: 'Done' must become a text",
            "",
        ),
        (
            '[ticket]\nsubject="a"\n[dates]\nopened = "us"',
            "unknown time 'opened' in [dates]",
            "there are created, updated",
        ),
    ],
)
def test_what_means_nothing_is_named_with_its_line(toml: str, message: str, hint: str):
    said = wrong(toml)

    assert message in said[0]
    assert hint in said[1]


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a,b", "a\x1b", "x" * 61])
def test_the_name_of_a_source_is_one_word(name: str):
    with pytest.raises(ConfigInvalid, match="cannot be the name of a source"):
        checked_name(name)


def test_columns_that_are_called_as_fields_need_no_map():
    found = plain_map(["id", "subject", "customer.email", "fields.x", "closed"], "old")

    assert found is not None
    assert (found.id, found.columns) == (
        ("id",),
        {
            "subject": ("subject",),
            "customer.email": ("customer.email",),
            "fields.x": ("fields.x",),
            "closed": ("closed",),
        },
    )


@pytest.mark.parametrize("header", [["body"], ["subject", "Due on"], []])
def test_other_columns_need_one(header: list[str]):
    assert plain_map(header, "old") is None
