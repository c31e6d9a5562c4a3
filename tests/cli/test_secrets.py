"""Secrets at the command line: told when they come in, masked in all that is printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk

KEY, CARD, WORD = "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "4111 1111 1111 1111", "hunter2"
SECRETS = (KEY, CARD, WORD)
SAFE = ("Login sk_live_••••p7dc", "card ••••1111 12/27", "password: ••••")
FORMATS = ("table", "plain", "tsv", "csv", "json", "jsonl", "md")
READS = (
    *(f"{line} -o {fmt}" for line in ("list", "show 1 --log") for fmt in FORMATS),
    *(f"log -o {fmt}" for fmt in ("table", "json", "jsonl", "md")),
    "list --fields id,subject",
    "log --fields what,body",
    "show 1 --thread",
    "inbox",
    "next",
    "search login",
    "search card",
    "customer show C-1",
    "customer show C-1 --json",
    "export",
    "export -o csv",
    "export --events -o csv",
    "log 1 --fields body",
    "list --as-of now",
    "show 1 --as-of now",
)


@pytest.fixture
def pasted(run: Desk) -> Desk:
    run(["new", f"Login {KEY}", "-c", "eve@x.test", "-m", f"card {CARD} 12/27"])
    run(["note", "1", "-m", f"password: {WORD}"])
    return run


def shown(printed: str) -> list[str]:
    return [secret for secret in SECRETS if secret in printed]


@pytest.mark.parametrize("line", READS)
def test_no_secret_is_printed(pasted: Desk, line: str):
    result = pasted.run(line)

    assert result.code == 0
    assert shown(result.stdout + result.stderr) == []
    assert "••••" in result.stdout


@pytest.mark.parametrize("line", ["list", "inbox", "show 1 --log", "log", "search card"])
def test_no_secret_is_shown_on_a_terminal(pasted: Desk, line: str):
    page = pasted(line, tty=True)

    assert shown(page) == []
    assert "••••" in page


def test_what_is_shown_instead(pasted: Desk):
    page = pasted("show 1")

    assert [line.strip() for line in page.splitlines() if "••••" in line] == [
        f"1  {SAFE[0]}",
        SAFE[1],
        SAFE[2],
    ]


@pytest.mark.parametrize(
    "line", ["show 1", "show 1 --json", "export", "export --events -o csv", "log -o jsonl"]
)
def test_reveal_shows_all(pasted: Desk, line: str):
    assert shown(pasted(f"{line} --reveal")) == [*SECRETS]


def test_reveal_shows_subjects_in_lists(pasted: Desk):
    assert shown(pasted("list --reveal")) == [KEY]
    assert pasted("list has:secret --reveal -o ids") == "1\n"


@pytest.mark.parametrize(
    "line",
    [
        *(f"{line} -o {fmt}" for line in ("log", "undo --list") for fmt in FORMATS),
        "show 1 --log",
        "export --events -o csv",
        "export",
    ],
)
def test_why_something_was_done_shows_no_secret(pasted: Desk, line: str):
    pasted(["prio", "1", "high", "--why", f"she wrote password: {WORD}"])

    assert WORD not in pasted(line)


def test_the_history_of_the_set_up_shows_no_secret(run: Desk):
    run(["agent", "add", "bob", "--why", f"password: {WORD}"])

    assert run("setup log --fields why") == "password: ••••\n"


def test_the_person_is_told_that_some_is_masked(pasted: Desk):
    note = "note: secrets of ticket 1 are masked"

    assert pasted.run("show 1").stderr == f"{note}; --reveal shows them\n"
    assert pasted.run("export").stderr == (
        f"{note}, and stay so where it is imported; --reveal shows them\n"
    )
    assert pasted.run("show 1 --reveal").stderr == ""
    pasted(["new", f"Again {KEY}"])
    assert (
        pasted.run("show 1 2").stderr
        == "note: secrets of 2 tickets are masked; --reveal shows them\n"
    )


def test_the_round_trip_needs_reveal(pasted: Desk):
    pasted("export --to masked.jsonl")
    pasted("export --to whole.jsonl --reveal")
    for name in ("masked", "whole"):
        pasted(f"--db {name} init")
        pasted(f"--db {name} import {name}.jsonl")
    pasted("--db whole export --reveal --to again.jsonl")

    home = pasted.home
    assert (home / "again.jsonl").read_text() == (home / "whole.jsonl").read_text()
    assert shown(pasted("--db masked show 1 --reveal")) == []
    assert pasted("--db masked list has:secret -o ids") == "1\n"


def test_what_comes_in_is_told_without_being_repeated(run: Desk):
    result = run.run(["new", f"Login {KEY}", "-m", f"password: {WORD}", "--json"])
    rest = "it is kept, and masked wherever it is shown"

    assert result.stderr == (
        f"tix: warning: the subject of ticket 1 seems to hold a secret (stripe-key): {rest}\n"
        f"tix: warning: the text of ticket 1 seems to hold a secret (password): {rest}\n"
    )
    assert shown(result.stdout + result.stderr) == []
    assert [warning["code"] for warning in json.loads(result.stdout)["warnings"]] == ["secret"] * 2


@pytest.mark.parametrize(
    "line", ["reply 1 -m", "note 1 -m", "reply 1 --inbound -m", "resolve 1 -m", "edit 1 --subject"]
)
def test_every_way_in_tells_it(run: Desk, line: str):
    run("new Plain")
    result = run.run([*line.split(), f"password: {WORD}"])

    assert "ticket 1 seems to hold a secret (password)" in result.stderr
    assert run("list has:secret -o ids --all") == "1\n"


def test_an_import_tells_which_tickets_have_some(run: Desk):
    (run.home / "a.jsonl").write_text(
        f'{{"id":"1","subject":"Plain"}}\n{{"id":"2","subject":"X","body":"password: {WORD}"}}\n'
    )
    result = run.run("import a.jsonl")

    assert "1 ticket with what seems a secret, masked when shown: 2" in result.stderr
    assert run("list secret:password -o ids") == "2\n"


def test_completion_of_numbers_shows_none(pasted: Desk):
    assert shown(pasted("__complete ticket ''")) == []


def test_the_index_holds_none(pasted: Desk):
    pasted("search login")
    (index,) = pasted.home.rglob("index.sqlite")

    assert shown(index.read_bytes().decode("latin-1")) == []
    assert pasted(f"search {WORD}") == ""
    assert pasted(f"list text:{WORD} -o ids") == "1\n"


def test_bulk_questions_and_sentences_show_none(pasted: Desk):
    asked = pasted.run("tag --where is:open late")
    done = pasted.run("tag 1 late", tty=True)

    assert shown(asked.stderr + done.stdout) == []
    assert SAFE[0] in asked.stderr
    assert SAFE[0] in done.stdout
