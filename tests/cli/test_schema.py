from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
import pytest
from jsonschema import Draft202012Validator

from tix.cli import COMMANDS, cli
from tix.cli.schema import bundled, names
from tix.errors import TixError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commandline import Desk

READING = {
    *("list", "show", "log", "tags", "inbox", "search", "when", "config", "schema"),
    *("forecast", "explain", "simulate", "report", "--explain", "seconds", "digest", "check"),
}
# Members that are there only where one record is shown.
ONLY_SHOWN = {"ticket": {"messages", "events", "as_of"}, "customer": {"tickets"}}

SESSION = """\
agent add alice
dept add billing --email b@acme.test
dept edit billing --phone 112
dept members billing --add alice
dept members billing
dept list
dept show billing
agent add bob --email bob@acme.test --dept billing
agent edit bob --tier 2
agent list
agent show bob
agent retire bob
customer add Jo --email jo@example.com --since 2024-05-01 --pref a=b --field c=d
customer edit C-1 --plan gold
new Refund -c jo@example.com -m 'Where is it?' -t money -p high --due tomorrow --attach note.txt
new Login --type incident --category a/b --channel phone --dept billing
new Third --outbound -m 'We wrote first'
next --explain
assign 1-2 alice
prio 2 urgent
tag 2 money,web
untag 2 web
edit 2 --field order=7 --cc third@example.com
wait 1 --on third-party --until +3d
snooze 2 2d
reply 1 -m 'Here you are.'
note 1 -m 'Twice this week.' --pin
log-call 1 --missed -m 'No answer.'
log-chat 1 --missed
inbox
inbox --all
next
sla policies
sla show standard
sla calendar --year 2026
sla apply 3
sla explain 1
sla simulate -p high
sla report
sla ack 1
sla silence 1 2h
promise 1 'send it' --by 2d
promise make 1 'call' --by 3d
promise list
promise done 1 --number 1
promise cancel 1
time 1 25m --note 'Called the bank.'
time 1 --start
time
time 1 --sort seconds
time --stop --for 5m
rate 1 good --comment Thanks --customer
rate 1 --withdraw
away 2027-08-02..2027-08-06
away add 2027-09-01
away list
away cancel 2027-08-03
sla forecast --until 9d
sla backtest set-up.toml --solve 95%
list
report list
report show kpi --from 2026-11-01
report list --metrics
report save mine volume --by week
report rm mine
alert save many 'backlog > 1000'
alert list
alert check 'backlog > 1000' --all
alert rm many
digest
report define R4
report recompute
list --all -L 1
pick --multi --picker cat
show 1
show 1-2
list --as-of today
show 1 --as-of today
show 1-2 --save files
search refund
resolve 3
close 3
reopen 3
merge 2 --into 1
show 1-2
unmerge 2
split 1 1 --subject 'The first of it'
link 1 2-3 --as blocked-by
show 1-4
unlink 1 3
spam 3 --yes
delete 3 --yes
restore 3
undo
redo
undo --list
log
log 1
log --ops
tags
tags list
tags rename money cash --yes
tags merge cash --into coin --yes
tags rm coin --yes
query save mine is:mine --sort due
query list
query show mine
query rm mine
customer list
customer show C-1
customer merge C-1 --into C-2
customer list --all
customer add Ann --email ann@example.com
customer forget ann@example.com --yes
when tomorrow eow
setup show
setup log
setup diff --rev 0
setup apply set-up.toml
apply lines.jsonl
config list
config get me
config path
schema
import more.csv --map more.toml
doctor
backup saved.tar
backup list
backup restore saved.tar --yes
completion install bash
"""


def validate(document: dict[str, Any]) -> str:
    """Return the name of the schema that *document* is true to."""
    name = str(document["schema"]).removeprefix("tix.").removesuffix("/1")
    Draft202012Validator(bundled(name)).validate(document)
    return name


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with the files that the session needs."""
    (run.home / "note.txt").write_text("E42")
    (run.home / "lines.jsonl").write_text('{"command": "note", "ids": [1], "message": "x"}\n')
    (run.home / "set-up.toml").write_text("[tags.vip]\n")
    (run.home / "more.csv").write_text("subject,from\nMore,kim@example.com\n")
    (run.home / "more.toml").write_text(
        'name = "more"\n[ticket]\nsubject = "subject"\ncustomer = "from"\n'
    )
    run("customer add Kim --email kim@example.com")
    return run


def spoken() -> Iterator[str]:
    """Yield each command that can be loaded, those of groups by two words."""
    context = click.Context(cli, **cli.context_settings)
    for name in COMMANDS:
        found = cli.get_command(context, name)
        words = found.commands if isinstance(found, click.Group) else [""]
        yield from (f"{name} {word}".strip() for word in words)


def test_everything_that_is_printed_as_json_is_true_to_its_schema(desk: Desk):
    seen = set()
    for line in SESSION.splitlines():
        seen.add(validate(json.loads(desk(f"{line} --json"))))
        if set(line.split()) & READING and not {"--yes", "rm"} & {*line.split()}:
            rows = desk(f"{line} -o jsonl").splitlines()
            seen |= {validate(json.loads(row)) for row in rows}

    unseen = {"command", "error", "export", "problem", "sla_check", "sla_item"}
    assert set(names()) - seen == unseen


def test_a_problem_is_true_to_its_schema(desk: Desk):
    (desk.home / "desk" / "customers" / "0.json").write_text("{}")

    found = json.loads(desk("doctor --json", code=1))
    assert validate(found) == "problem_list"
    assert {validate(problem) for problem in found["problems"]} == {"problem"}


def test_an_error_is_true_to_its_schema(run: Desk):
    for line in ("show 99", "list stauts:open", "new", "lsit", "undo", "when 11/24"):
        result = run.run(f"{line} --json")

        assert result.stdout == ""
        assert validate(json.loads(result.stderr)) == "error"


def test_every_code_of_an_error_is_in_the_schema():
    def codes(kind: type[TixError]) -> set[str]:
        return {kind.code}.union(*map(codes, kind.__subclasses__()))

    assert codes(TixError) | ENDED == set(
        bundled("error")["properties"]["error"]["properties"]["code"]["enum"]
    )


ENDED = {"interrupted", "terminated", "timeout"}
"""How tix-sla is ended from outside."""


def test_every_line_of_an_export_is_true_to_its_schema(desk: Desk):
    for line in SESSION.splitlines()[:25]:
        desk(line)

    check = Draft202012Validator(bundled("export"))
    lines = desk("export --format jsonl").splitlines()
    assert len(lines) > 5
    for line in lines:
        check.validate(json.loads(line))


def test_the_session_uses_every_command(desk: Desk):
    used = {" ".join(line.split()[:2]) for line in SESSION.splitlines()}
    used |= {line.split()[0] for line in SESSION.splitlines()}

    assert set(spoken()) - used == {"init", "demo", "export", "help", "setup edit", *WRITES_NO_JSON}


WRITES_NO_JSON = {"config set", "config unset", "config edit", "completion show", "triage"}


@pytest.mark.parametrize("name", names())
def test_a_schema_stands_by_itself(run: Desk, name: str):
    printed = json.loads(run(f"schema {name}"))

    Draft202012Validator.check_schema(printed)
    assert printed == json.loads(run(f"schema tix.{name}/1"))
    assert printed["$id"] == f"urn:tix:{name}:1"


@pytest.mark.parametrize("name", sorted(set(names()) - {"export"}))
def test_every_member_is_required(name: str):
    schema = bundled(name)

    optional = set(schema["properties"]) - set(schema["required"])
    assert optional == ONLY_SHOWN.get(name, set())
    assert "additionalProperties" not in schema


def test_the_schemas_are_listed(run: Desk):
    assert run("schema -o ids").split() == names()


def test_an_unknown_schema_suggests_the_nearest(run: Desk):
    result = run.run("schema tickt")

    assert (result.code, result.stdout) == (3, "")
    assert result.stderr == "tix: error: no schema 'tickt'\nhint: Did you mean 'ticket'?\n"
