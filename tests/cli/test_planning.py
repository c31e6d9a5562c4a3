"""``tix sla forecast`` and ``tix sla backtest``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error
from tests.commandline import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk

HARD = '[levels.standard]\nfirst = { any = "1h" }\nresolution = { any = "2bd" }\n'
SATURDAY, MONDAY, NOON, EVENING = (
    {"TIX_NOW": f"2026-11-{at}:00Z"} for at in ("21T18:30", "23T08:00", "23T11:00", "23T18:00")
)


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a ticket that was answered after three hours, and one that was not."""
    run("new Refund not received -c jo@example.com -m Help -a alice", env=MONDAY)
    run("new Login -c kim@example.com -m Help -p high", env=MONDAY)
    run("reply 1 -m Here.", env=NOON)
    (run.home / "hard.toml").write_text(HARD)
    return run


def test_what_is_due_next_is_told_in_the_order_of_time(run: Desk):
    run("new Refund -c jo@example.com -m Help -a alice")
    run("new Login -c kim@example.com -m Help -p high")
    run("promise 2 'call her' --by 'mon 12:00'")
    result = run.run("sla forecast -o table")

    assert result.stderr == "until 2026-11-23 17:00\n"
    assert (
        result.stdout
        == """\
ID  CLOCK       DUE                   IN  LEVEL     PRIO    AGENT  CUSTOMER         SUBJECT
 2  first       2026-11-23 10:00  1d 14h  standard  high           kim@example.com  Login
 2  promise     2026-11-23 12:00  1d 16h  call her  high           kim@example.com  Login
 1  first       2026-11-23 13:00  1d 17h  standard  normal  alice  jo@example.com   Refund
 2  resolution  2026-11-23 17:00  1d 21h  standard  high           kim@example.com  Login
"""
    )
    assert run("sla forecast is:mine -o ids --until fri") == "1\n1\n"
    assert run.run("sla forecast --until 'sun 9:00'").stderr == (
        "nothing will be breached until 2026-11-22 09:00\nuntil 2026-11-22 09:00\n"
    )


def test_what_is_breached_already_is_counted(desk: Desk):
    result = desk.run("sla forecast --json", env=EVENING)
    document = json.loads(result.stdout)

    assert (document["breached"], document["until"]) == (1, "2026-11-24T16:00:00Z")
    assert [(row["ticket_id"], row["clock"]) for row in document["breaches"]] == [(2, "resolution")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sla forecast --until yesterday", "'yesterday' is past; a time to come is needed"),
        ("sla forecast --until ''", "a date is missing"),
        ("sla forecast stauts:new", "unknown field 'stauts'"),
        ("sla backtest hard.toml --solve 0", "invalid value for '--solve': '0' is no share such"),
        ("sla backtest hard.toml --solve most", "invalid value for '--solve': 'most' is no share"),
        ("sla backtest hard.toml --from soon", "'soon' is not a date"),
    ],
)
def test_what_cannot_be_planned_is_told(desk: Desk, line: str, said: str):
    assert error(desk, line, 2).startswith(said)


def test_another_policy_over_the_history(desk: Desk):
    assert (
        desk("sla backtest hard.toml --solve 50%", env=EVENING)
        == """\
Backtest of hard.toml
Tickets        2
Kept           50.0 % of 2 before, 0.0 % of 2 after
Would break    1: 1
Would be kept  0
In no figure   2 running before, 2 running after

By clock and level
  CLOCK  LEVEL     BEFORE       AFTER
  first  standard  50.0 % of 2  0.0 % of 2

The worst after
  ID  CLOCK  LEVEL     PRIO    DUE               LATE
  2   first  standard  high    2026-11-23 10:00  9h and open
  1   first  standard  normal  2026-11-23 10:00  2h

The tightest targets that 50 % would have met
  CLOCK  LEVEL     PRIO    TARGET  EXACTLY  MET
  first  standard  normal  3h      3:00:00  1 of 1
"""
    )


def test_scripts_read_the_same(desk: Desk):
    document = json.loads(desk("sla backtest hard.toml --json", env=EVENING))

    assert (document["lost"], document["won"], document["tickets"]) == ([1], [], 2)
    assert document["by_ticket"]["before"] == {
        "met": 1,
        "breached": 1,
        "rate": 0.5,
        "interval": [0.09453120573423071, 0.9054687942657693],
    }
    assert desk("sla backtest hard.toml -o ids", env=EVENING) == "1\n"
    assert desk("sla backtest hard.toml -o ids --from 2026-11-24", env=EVENING) == ""
    assert desk("sla backtest hard.toml -o tsv", env=EVENING).splitlines()[1] == (
        "2\t1\t1\t0.5\t2\t0\t2\t0.0\t2\t1\t0"
    )


def test_only_clocks_of_the_period_count(desk: Desk):
    shown = desk("sla backtest hard.toml --from 2026-11-24 --to 2026-11-30", env=EVENING)

    assert "Tickets        0, 2026-11-24 00:00..2026-12-01 00:00\n" in shown
    assert "Kept           - before, - after\n" in shown


def test_the_documents_of_setup_are_tried_from_a_pipe(desk: Desk):
    own = desk("setup show")

    document = json.loads(desk("sla backtest - --json", input=own, env=EVENING))

    assert document["file"] == "stdin"
    assert document["by_ticket"]["before"] == document["by_ticket"]["after"]


def test_all_that_is_wrong_with_a_document_is_told(desk: Desk):
    (desk.home / "bad.toml").write_text('[levels.standard]\nfirst = { any = "5x" }\n[x]\n')

    result = desk.run("sla backtest bad.toml")

    assert result.code == 65
    assert result.stderr.splitlines()[0].startswith("line 2: levels.standard.first.any: ")
    assert (
        result.stderr.splitlines()[-1] == "tix: error: bad.toml has 2 problems, nothing was changed"
    )
    assert error(desk, "sla backtest nix.toml", 2) == "nix.toml is no file\n"


def test_real_complaints_that_were_never_promised_anything(run: Desk, shared_data: Path):
    map_ = ROOT / "docs" / "examples" / "complaints.toml"
    lines = (shared_data / "complaints.csv").read_text("utf-8").splitlines(keepends=True)
    (run.home / "some.csv").write_text("".join(lines[:301]))
    run(f"import some.csv --map {map_} -q")
    (run.home / "hard.toml").write_text(HARD)

    document = json.loads(run("sla backtest hard.toml --solve 95 --json"))

    (resolution,) = (one for one in document["by_clock"] if one["clock"] == "resolution")
    before, after = resolution["before"], resolution["after"]
    assert document["tickets"] == before["met"] + before["breached"] == 300
    assert 0 < after["met"] < before["met"]
    (solved,) = (one for one in document["tightest"] if one["clock"] == "resolution")
    assert solved["met"] * 100 >= 95 * solved["n"] >= (solved["met"] - 1) * 100 - 500
