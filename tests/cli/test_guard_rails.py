"""What keeps a hand from slipping: new tags, the word comment, odd dates, too many at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error

if TYPE_CHECKING:
    from tests.commandline import Desk

SAID = "new tag 'bilng' (did you mean 'billing'?)"
MAP = 'name = "rows"\nid = "Id"\n[ticket]\nsubject = "Subject"\ntags = "Tags"\n'
PASSED = "tix: warning: the due date 2020-01-01 has passed"
FAR = "2040-01-02 is more than five years away\nhint: use --yes\n"


@pytest.fixture
def filed(run: Desk) -> Desk:
    """A desk with three tickets, the first of which has a tag."""
    run("new One -t billing")
    run("new Two")
    run("new Three")
    (run.home / "map.toml").write_text(MAP)
    (run.home / "rows.csv").write_text('Id,Subject,Tags\n1,First,"bilng,billing"\n2,Second,zoo\n')
    return run


@pytest.mark.parametrize("line", ["new Four -t bilng,billing", "tag 2 bilng", "tag 1 --set bilng"])
def test_a_tag_that_nobody_used_is_announced(filed: Desk, line: str):
    dry, wet = filed.run(f"{line} -n").stderr, filed.run(f"{line} --json")

    assert dry == wet.stderr == f"tix: warning: {SAID}\n"
    assert json.loads(wet.stdout)["warnings"] == [{"code": "new_tag", "message": SAID}]


def test_an_import_announces_new_tags_in_one_sentence(filed: Desk):
    said = "2 new tags: 'bilng' (did you mean 'billing'?), 'zoo'"
    result = filed.run("import rows.csv --map map.toml --json")

    assert f"tix: warning: {said}\n" in result.stderr
    assert {"code": "odd_source", "message": said} in json.loads(result.stdout)["warnings"]


def test_on_a_desk_without_tags_every_tag_is_welcome(run: Desk):
    (run.home / "map.toml").write_text(MAP)
    (run.home / "rows.csv").write_text("Id,Subject,Tags\n1,First,bilng\n")

    assert "new tag" not in run.run("import rows.csv --map map.toml").stderr
    assert run.run("untag 1 bilng").stderr == ""
    assert run.run("new One -t billing").stderr == ""


def test_comment_is_explained(filed: Desk):
    assert error(filed, "comment 1 -m Hello", 2) == (
        "no such command 'comment'\nhint: reply (the customer sees it) or note (only agents do)?\n"
    )


@pytest.mark.parametrize("line", ["new Late --due 2020-01-01", "edit 1 --due 2020-01-01"])
def test_a_due_date_that_has_passed_is_told_and_taken(filed: Desk, line: str):
    result = filed.run(line)

    assert (result.code, PASSED in result.stderr) == (0, True)


@pytest.mark.parametrize("line", ["new Far --due 2040-01-02", "edit 1 --due 2040-01-02"])
def test_a_due_date_more_than_five_years_away_needs_a_yes(filed: Desk, line: str):
    assert error(filed, line, 5).endswith(FAR)
    assert filed(f"{line} --yes")


@pytest.mark.parametrize("line", ["snooze 1 2020-01-01", "wait 1 --until 2020-01-01"])
def test_nothing_can_wait_for_what_has_passed(filed: Desk, line: str):
    assert "is past; a time to come is needed" in error(filed, line, 2)


@pytest.mark.parametrize(
    ("line", "input"),
    [
        ("tag 1-3 x", ""),
        ("tag 1 2 3 x", ""),
        ("tag - x", "1\n2\n3\n"),
        ("delete - ", '{"id":1}\n2\n3'),
    ],
)
def test_more_tickets_than_max_are_refused_however_they_are_named(
    filed: Desk, line: str, input: str
):
    assert error(filed, f"{line} --max 2", 5, input=input) == (
        "3 tickets are named, more than 2\nhint: name fewer, or say --max 3\n"
    )
    assert filed(f"{line} --max 3", input=input) == "1\n2\n3\n"


def test_without_max_any_number_may_be_named_and_fifty_may_match(filed: Desk):
    filed("apply -", input="".join(f'{{"command":"new","subject":"T{n}"}}\n' for n in range(60)))

    assert filed("tag 1-60 many").count("\n") == 60
    assert error(filed, "tag --where tag:many few --yes", 5).startswith(
        "60 tickets match, more than 50"
    )
