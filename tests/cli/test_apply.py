"""Many changes from a file: what a dry run prints, ``tix apply`` does, all of it or nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.telling import content, error, told
from tests.cli.test_safety import BUSY, EAGER, LINES, MAP, MUTATIONS
from tests.commandline import Desk, in_this_process
from tix.cli.schema import bundled

if TYPE_CHECKING:
    from pathlib import Path

APPLIED = [name for name in MUTATIONS if name != "import"]  # whose file is its line
TAKEN_BACK = [name for name in APPLIED if name != "customer forget"]  # which is for good


@pytest.fixture(scope="module")
def busy_home(stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = shutil.copytree(stocked_home, tmp_path_factory.mktemp("applied") / "home")
    files = {"note": "A note.\n", "rows.csv": "Id,Subject\n1,First row\n", "map.toml": MAP}
    files |= {"lines.jsonl": LINES, "set-up.toml": "[tags.vip]\n", "eager.toml": EAGER}
    for name, text in files.items():
        (home / name).write_text(text)
    for line in BUSY:
        Desk(home, in_this_process)(f"{line} -q")
    return home


@pytest.fixture
def pair(busy_home: Path, tmp_path: Path) -> tuple[Desk, Desk]:
    """Two desks that are alike."""
    homes = (shutil.copytree(busy_home, tmp_path / name) for name in ("one", "other"))
    one, other = (Desk(home, in_this_process) for home in homes)
    return one, other


def state(desk: Desk) -> tuple[Any, ...]:
    """Return all that a desk holds, and all that is told of what was done on it."""
    operations = json.loads(desk("log --ops --json"))["operations"]
    for operation in operations:
        del operation["command"]
    return desk("export"), operations


def write(desk: Desk, *lines: object, name: str = "changes.jsonl") -> str:
    """Write lines of JSON into a file, and return its name."""
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    (desk.home / name).write_text("".join(f"{text}\n" for text in texts))
    return name


@pytest.mark.parametrize("name", APPLIED)
def test_what_a_dry_run_prints_does_what_the_command_does(pair: tuple[Desk, Desk], name: str):
    one, other = pair
    line = one(f"{MUTATIONS[name]} --why because --dry-run -o jsonl")
    check = Draft202012Validator(bundled("command"))
    for record in line.splitlines():
        check.validate(json.loads(record))
    one("apply -", input=line)
    other(f"{MUTATIONS[name]} --why because")

    assert state(one)[0] == state(other)[0]
    assert [o | {"why": ""} for o in state(one)[1]] == [o | {"why": ""} for o in state(other)[1]]


@pytest.mark.parametrize("name", APPLIED)
def test_a_dry_run_of_what_a_dry_run_prints_prints_it_again(pair: tuple[Desk, Desk], name: str):
    one, _ = pair
    line = one(f"{MUTATIONS[name]} --dry-run -o jsonl")

    assert one("apply - --dry-run -o jsonl", input=line) == line


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_undo_takes_back_what_was_applied(pair: tuple[Desk, Desk], name: str):
    one, other = pair
    one("apply -", input=one(f"{MUTATIONS[name]} --dry-run -o jsonl"))
    other(MUTATIONS[name])
    one("undo")
    other("undo")

    assert state(one)[0] == state(other)[0]


def line(desk: Desk, words: str) -> dict[str, Any]:
    """Return the line that the dry run of a command prints."""
    found: dict[str, Any] = json.loads(desk(f"{words} -n -o jsonl"))
    assert found.pop("schema") == "tix.command/1"
    return found


@pytest.mark.parametrize(
    ("words", "members"),
    [
        ("assign 1-2 @me", {"ids": [1, 2], "agent": "alice"}),
        ("assign 1,2 --me", {"ids": [1, 2], "agent": "alice"}),
        ("assign 1 --none", {"ids": [1], "none": True}),
        ("assign --where tag:web --max 9 @me", {"ids": [1, 2], "agent": "alice"}),
        ("prio 3,1 urgent", {"ids": [3, 1], "level": "urgent"}),
        ("tag 2 a,b --set", {"ids": [2], "tags": "a,b", "set": True}),
        ("snooze 1 tomorrow", {"ids": [1], "date": "2026-11-21T23:00:00Z"}),
        ("edit 1 --due tomorrow --tier 2", {"ids": [1], "due": "2026-11-22T22:59:59Z", "tier": 2}),
        ("edit 1 --due none", {"ids": [1], "due": "none"}),
        ("edit 1 --sla none", {"ids": [1], "sla": "none"}),
        ("new x --sla Standard", {"subject": "x", "sla": "Standard"}),
        (
            "reply 1 -m Hi --open --if-rev 1",
            {"ticket": 1, "message": "Hi", "open": True, "if_rev": 1},
        ),
        (
            "reply 1 -F note --at yesterday",
            {"ticket": 1, "message": "A note.\n", "at": "2026-11-19T23:00:00Z"},
        ),
        (
            "note 1 -m x --why because --key k",
            {"ids": [1], "message": "x", "why": "because", "key": "k"},
        ),
        ("next --take", {"query": ["id:1"], "take": True}),
        ("new Two words", {"subject": "Two words"}),
        ("new x -a @me", {"subject": "x", "assignee": "alice"}),
        ("customer add Jo Fox --no-vip", {"name": "Jo Fox", "vip": False}),
        ("dept add web", {"name": "web"}),
        (
            "query save late is:overdue tag:web",
            {"name": "late", "words": ["is:overdue", "tag:web"]},
        ),
        ("undo", {"op": 3}),
    ],
)
def test_a_dry_run_says_what_its_words_come_to(desk: Desk, words: str, members: dict[str, Any]):
    (desk.home / "note").write_text("A note.\n")
    command = " ".join(words.split()[: 2 if words.startswith(("customer", "dept", "query")) else 1])

    assert line(desk, words) == {"command": command, **members}


def test_an_attachment_travels_in_the_line(desk: Desk):
    (desk.home / "bill.pdf").write_bytes(b"\x00\xff")
    shown = line(desk, "reply 1 -m x --attach bill.pdf")
    (desk.home / "bill.pdf").unlink()
    desk(["apply", write(desk, shown)])

    assert shown["attach"] == [{"name": "bill.pdf", "base64": "AP8="}]
    (message,) = json.loads(desk("show 1 --json"))["messages"][1:]
    assert [(one["name"], one["size_bytes"]) for one in message["attachments"]] == [("bill.pdf", 2)]


def test_tickets_from_stdin_are_numbers(desk: Desk):
    assert json.loads(desk("tag - x -n -o jsonl", input="3\n1\n"))["ids"] == [3, 1]
    assert json.loads(desk("reply - -m x -n -o jsonl", input="3\n"))["ticket"] == 3


def test_a_query_that_finds_nothing_is_no_line(desk: Desk):
    assert desk("tag --where tag:nope x -n -o jsonl") == ""
    assert desk("next tag:nope --take -n -o jsonl") == ""


def test_a_text_from_stdin_is_the_text(desk: Desk):
    for words in ("note 1 -F -", "reply 1 -F -", "resolve 1 -F -", "new x -F -"):
        assert json.loads(desk(f"{words} -n -o jsonl", input="A text.\n"))["message"] == "A text.\n"
    shown = json.loads(desk("setup apply - -n -o jsonl", input="[tags.vip]\n"))
    assert shown["file"] == {"name": "stdin", "base64": "W3RhZ3MudmlwXQo="}
    assert json.loads(desk("split - 1 -n -o jsonl", input="1\n"))["ticket"] == 1


def test_what_was_written_in_the_editor_is_refused_and_kept(desk: Desk):
    editor = desk.home / "editor"
    editor.write_text("#!/bin/sh\necho A text. > $1\n")
    editor.chmod(0o755)
    shown = desk("note 1 -n -o jsonl", tty=True, code=2, env={"TIX_EDITOR": str(editor)})

    assert "what came from the editor cannot be shown as a line for tix apply" in shown
    assert "your text is kept in " in shown


def test_a_line_that_nobody_would_read_is_not_written(desk: Desk):
    (desk.home / "large").write_bytes(bytes(50 * 1024 * 1024))
    result = desk.run("note 1 -m x --attach large -n -o jsonl")

    assert (result.stdout, result.code) == ("", 2)
    assert json.loads(result.stderr)["error"]["message"] == (
        "as a line for tix apply this is longer than 64 MB"
    )


def test_what_a_line_says_besides_names_it(desk: Desk):
    write(desk, {"command": "edit", "ids": [1], "due": "11 Jan"}, {**NOTE, "where": ["tag:web"]})

    result = desk.run("apply changes.jsonl")
    assert (result.stdout, result.code) == ("", 2)
    assert result.stderr.endswith("tix: error: line 2: name tickets or give --where, not both\n")


def test_a_query_that_finds_nothing_is_told_with_its_line(desk: Desk):
    write(desk, {"command": "note", "where": ["tag:nope"], "message": "x"})

    result = desk.run("apply changes.jsonl")
    assert (result.stdout, result.stderr, result.code) == ("", "line 1: no tickets match\n", 0)


def test_a_line_ends_with_no_exit_code_of_its_own(desk: Desk):
    write(desk, {"command": "next", "query": ["tag:nope"], "take": True, "exit_status": True}, NOTE)

    assert desk("apply changes.jsonl -q") == "1\n"


def test_lines_see_what_those_above_did(desk: Desk):
    write(
        desk,
        {"command": "new", "subject": "Planned", "called": "@a", "tags": "web"},
        {"command": "reply", "ticket": "@a", "message": "Hello."},
        {"command": "assign", "ids": ["@a", 2], "agent": "@me"},
        {"command": "tag", "where": ["tag:web"], "tags": "late"},
    )

    assert desk("apply changes.jsonl") == "4\n2\n1\n"
    assert desk("list tag:late --sort id --fields id,status,assignee") == (
        "1\tnew\t\n2\tnew\talice\n4\tanswered\talice\n"
    )


def test_an_apply_is_one_operation(desk: Desk):
    write(
        desk,
        {"command": "prio", "ids": [1], "level": "low"},
        {"command": "note", "ids": [2], "message": "x", "why": "its own reason"},
        {"command": "agent add", "name": "bob"},
    )
    before = desk("export"), desk("agent list")
    desk("apply changes.jsonl --why 'agreed with Jo'")

    latest = json.loads(desk("log --ops -L 1 -o jsonl"))
    assert (latest["command"], latest["why"]) == ("apply", "agreed with Jo")
    assert (latest["tickets"], len(latest["records"])) == ([[1, 2]], 1)
    causes = [json.loads(desk(f"log {number} -L 1 -o jsonl"))["cause"] for number in (1, 2)]
    assert causes == ["agreed with Jo", "its own reason"]
    desk("undo")
    assert (desk("list prio:low --all -o ids"), desk("agent list")) == ("3\n", before[1])


def test_all_or_nothing(desk: Desk):
    write(
        desk,
        {"command": "prio", "ids": [1], "level": "low"},
        "",
        {"command": "close", "ids": [1]},
        {"command": "prio", "ids": [2], "level": "low"},
    )

    said = error(desk, "apply changes.jsonl", 5)
    assert said.startswith("line 3: ticket 1 is new")
    assert json.loads(desk.run("apply changes.jsonl --json").stderr)["error"]["code"] == (
        "transition_refused"
    )


def test_a_revision_is_looked_at_line_by_line(desk: Desk):
    fits = {"command": "prio", "ids": [1], "level": "low", "if_rev": 1}
    again = {"command": "prio", "ids": [1], "level": "high", "if_rev": 2}
    write(desk, fits, again, {**fits, "if_rev": 2})

    assert error(desk, "apply changes.jsonl", 4) == told(
        "line 3: ticket 1 is at revision 3, not 2", "tix show 1"
    )
    write(desk, fits, again)
    assert desk("apply changes.jsonl") == "1\n"


def test_a_key_holds_line_by_line(desk: Desk):
    new = {"command": "new", "subject": "Once", "key": "a"}
    noted = {"command": "note", "ids": [1], "message": "Once.", "key": "b"}
    write(desk, new, noted, new, noted)
    desk("apply changes.jsonl")
    write(desk, new, noted, {"command": "prio", "ids": [2], "level": "low"})

    assert desk("apply changes.jsonl") == "4\n1\n2\n"
    assert desk("list --count") == "4\n"
    assert json.loads(desk("show 1 --json"))["note_count"] == 1
    assert desk("list prio:low --sort id -o ids") == "2\n3\n"


def test_a_key_of_the_whole_leads_back_to_what_it_did(desk: Desk):
    low = [{"command": "prio", "ids": [number], "level": "low"} for number in (2, 1)]
    write(desk, *low, {"command": "agent add", "name": "bob"})
    desk("apply changes.jsonl --key once")
    write(desk, *({**one, "level": "urgent"} for one in low))

    assert desk("apply changes.jsonl --key once") == "bob\n1\n2\n"
    assert desk("list prio:urgent -o ids") == ""


def test_undo_and_redo_hold_a_key(desk: Desk):
    desk("prio 1 low")
    desk("prio 2 low")

    assert desk("undo --key a") == desk("undo --key a") == "5\n"
    assert desk("list prio:low --sort id -o ids") == "1\n3\n"
    assert desk("redo --key b") == desk("redo --key b") == "6\n"
    assert desk("list prio:low --sort id -o ids") == "1\n2\n3\n"


def test_every_format_tells_the_whole(desk: Desk):
    write(
        desk,
        {"command": "prio", "ids": [1], "level": "low"},
        {"command": "prio", "ids": [1], "level": "urgent"},
        {"command": "tag", "ids": [1, 2], "tags": "web"},
        {"command": "agent add", "name": "bob"},
        {"command": "new", "subject": "Other", "tags": "wbe"},
    )

    assert desk("apply changes.jsonl --dry-run -o table") == (
        "would: 1: priority low - Refund not received\n"
        "would: 1: priority urgent - Refund not received\n"
        "would: 1 is unchanged\n"
        "would: 2 is unchanged\n"
        "would: agent bob is new: name bob, tier 1\n"
        "would: opened 4: Other\n"
    )
    change = json.loads(desk("apply changes.jsonl --json"))
    assert change["operation"], change["op"] == ("apply", 4)
    assert [(one["kind"], one["id"]) for one in change["changed"]] == [
        ("agent", "bob"),
        ("ticket", 1),
        ("ticket", 4),
    ]
    assert change["changed"][1]["changes"] == {"priority": ["high", "urgent"]}
    assert change["unchanged"] == [2]
    assert change["warnings"] == [
        {"code": "new_tag", "message": "line 5: new tag 'wbe' (did you mean 'web'?)"}
    ]


def test_the_last_ticket_is_the_last_of_the_whole(desk: Desk):
    write(desk, *({"command": "prio", "ids": [n], "level": "urgent"} for n in (2, 1)))
    desk("apply changes.jsonl")

    assert desk("show @last --json").startswith('{"schema":"tix.ticket/1"')
    assert json.loads(desk("show @last --json"))["id"] == 1


def test_a_far_date_and_a_bulk_change_need_no_second_yes(desk: Desk):
    write(
        desk,
        {"command": "edit", "ids": [1], "due": "2126-01-01"},
        {"command": "tags rename", "name": "web", "new": "www"},
    )

    assert desk("apply changes.jsonl -q") == "1\n2\n"


def test_a_date_that_has_passed_is_told_with_its_line(desk: Desk):
    write(desk, {"command": "edit", "ids": [1], "due": "2026-01-01"})

    assert desk.run("apply changes.jsonl").stderr == (
        "tix: warning: line 1: the due date 2026-01-01 has passed\n"
    )


@pytest.mark.parametrize("text", ["", "\n", " \r\n\n", "\ufeff"])
def test_an_empty_file_is_nothing_to_do(desk: Desk, text: str):
    before = content(desk.home / "desk")
    result = desk.run("apply -", input=text)

    assert (result.stdout, result.stderr, result.code) == ("", "nothing to do\n", 0)
    assert content(desk.home / "desk") == before


def test_marks_and_ends_of_lines_of_other_systems_are_fine(desk: Desk):
    text = '\ufeff{"command": "prio", "ids": [1], "level": "low"}\r\n\r\n'

    assert desk("apply -", input=text) == "1\n"


def test_a_long_line_is_fine(desk: Desk):
    write(desk, {"command": "note", "ids": [1], "message": "x" * 10_000_000})

    assert desk("apply changes.jsonl") == "1\n"


def test_a_desk_is_made_with_its_first_lines(run: Desk):
    place = {"TIX_DB": "", "XDG_DATA_HOME": str(run.home / "data")}
    write(run, {"command": "new", "subject": "First"})

    assert run("apply changes.jsonl --dry-run", env=place) == "1\n"
    assert not (run.home / "data").exists()
    assert run("apply changes.jsonl", env=place) == run("list -o ids", env=place) == "1\n"


NOTE: dict[str, Any] = {"command": "note", "ids": [1], "message": "x"}
MEMBERS = "ids, message, attach, pin, where, max, if_rev, why, key"
BAD = [
    (b"{", "it is not JSON: Expecting property name enclosed in double quotes (character 2)"),
    (b"[1]", "it is a list, and an object is needed"),
    (b"12", "it is a number, and an object is needed"),
    (b"null", "it is null, and an object is needed"),
    (b'"\xff"', "it is not UTF-8 (byte 1)"),
    (b'{"command": "no\x00te"}', "it is not JSON: Invalid control character at (character 16)"),
    (b'{"ids": NaN}', "it is not JSON: NaN is no number"),
    (b'{"ids": ' + b"9" * 5000 + b"}", "it is not JSON: a number has too many digits"),
    (b"[" * 100_000, "it is nested too deeply"),
    (b'{"ids": [1], "ids": [2]}', "it has 'ids' twice"),
    (b'{"attach": {"name": 1, "name": 2}}', "it has 'name' twice"),
    ({}, 'it names no command\nhint: such as "command": "assign"'),
    ({"command": 1}, 'it names no command\nhint: such as "command": "assign"'),
    ({"command": "asign"}, "no command 'asign'\nhint: Did you mean 'assign'?"),
    ({"command": "customer ad"}, "no command 'customer ad'\nhint: Did you mean 'customer add'?"),
    ({"command": "note x"}, "no command 'note x'"),
    ({"command": ""}, "'' is no change that can be applied"),
    ({"command": "customer"}, "'customer' is no change that can be applied"),
    ({"command": "list"}, "'list' is no change that can be applied"),
    ({"command": "apply"}, "'apply' is no change that can be applied"),
    ({"command": "import"}, "'import' is no change that can be applied"),
    ({"command": "config set"}, "'config set' is no change that can be applied"),
    ({**NOTE, "schema": "tix.change/1"}, "its schema is 'tix.change/1', not tix.command/1"),
    ({**NOTE, "mesage": "x"}, "note has no member 'mesage'\nhint: Did you mean 'message'?"),
    ({**NOTE, "zzz": "x"}, f"note has no member 'zzz'\nhint: there are {MEMBERS}\n"),
    ({**NOTE, "file": "/etc/passwd"}, "note has no member 'file'"),
    ({**NOTE, "dry_run": True}, "note has no member 'dry_run'"),
    ({**NOTE, "message": 12}, "message is a number, and a text is needed"),
    ({**NOTE, "message": ["x"]}, "message is a list, and a text is needed"),
    ({**NOTE, "why": "a\0b"}, "why holds a NUL character"),
    ({**NOTE, "message": "\ud800"}, "message holds half of a character (a lone surrogate)"),
    ({**NOTE, "pin": "yes"}, "pin is a text, and true or false is needed"),
    ({**NOTE, "ids": True}, "ids is true or false, and a number is needed"),
    ({**NOTE, "ids": 1.5}, "ids is a number, and a text is needed"),
    ({**NOTE, "ids": ["-"]}, "ids: '-' is no ticket\nhint: such as 12 or 5-9"),
    ({**NOTE, "ids": ["@b"]}, "ids: no line above makes '@b'"),
    ({**NOTE, "ids": ["@last"]}, "ids: no line above makes '@last'"),
    ({**NOTE, "if_rev": "1"}, "if_rev is a text, and a number is needed"),
    ({**NOTE, "if_rev": -1}, "invalid value for '--if-rev': '-1' is not a revision"),
    ({**NOTE, "attach": "/etc/passwd"}, "attach is a text, and an object is needed"),
    ({**NOTE, "attach": [{"name": "x"}]}, "a file has a name, and its content as base64"),
    ({**NOTE, "attach": {"name": "x", "base64": "?"}}, "the content of 'x' is no base64"),
    ({**NOTE, "attach": {"name": "x", "base64": 1}}, "the content of 'x' is no base64"),
    ({**NOTE, "attach": {"name": "../x", "base64": ""}}, "'../x' is no name of a file"),
    ({**NOTE, "attach": {"name": "\ud800", "base64": ""}}, "'\\ud800' is no name of a file"),
    ({**NOTE, "called": "a"}, "'a' is no name that a line can give\nhint: such as \"@a\""),
    ({**NOTE, "called": "@last"}, "'@last' is no name that a line can give"),
    ({**NOTE, "called": 1}, "1 is no name that a line can give"),
    ({"command": "wait", "ids": [1], "on": "me"}, "invalid value for '--on': 'me' is not one of"),
    ({"command": "agent add"}, "name is missing\nhint: there are name, email, display_name, "),
    ({"command": "link", "ids": [1, 2]}, "ticket is missing"),
    ({"command": "merge", "ids": [1, 2]}, "missing option '--into'"),
    ({"command": "undo"}, "undo cannot be a part of an apply\nhint: put it into a file of its own"),
]


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_a_bad_line_is_named_before_anything_is_done(desk: Desk, bad: object, said: str):
    first = json.dumps({"command": "close", "ids": [1]}).encode()  # which would be refused
    second = bad if isinstance(bad, bytes) else json.dumps(bad).encode()

    assert error(desk, "apply -", 65, input=first + b"\n" + second).startswith(f"line 2: {said}")


def test_a_line_longer_than_any_is_not_read_whole(desk: Desk):
    (desk.home / "long").write_bytes(b" " * (64 * 1024 * 1024 + 1))

    assert error(desk, "apply long", 65) == told("line 1: it is longer than 64 MB")


def test_a_name_is_given_once(desk: Desk):
    new = {"command": "new", "subject": "x", "called": "@a"}
    write(desk, new, new)

    assert error(desk, "apply changes.jsonl", 65) == told("line 2: line 1 makes @a already")


def test_a_name_is_for_one_thing(desk: Desk):
    write(desk, {**NOTE, "ids": [1, 2], "called": "@a"}, NOTE)

    assert error(desk, "apply changes.jsonl", 65) == told(
        "line 1: it makes 2 things, and @a can be only one"
    )


def test_a_customer_has_a_name_as_well(desk: Desk):
    write(
        desk,
        {"command": "customer add", "name": "Jo", "called": "@jo"},
        {"command": "new", "subject": "x", "customer": "@jo", "called": "@x"},
        {"command": "new", "subject": "y", "customer": "ann@example.com"},
    )
    shown = [json.loads(row) for row in desk("apply changes.jsonl -n -o jsonl").splitlines()]
    desk("apply changes.jsonl")

    assert [row.get("called") for row in shown] == ["@jo", "@x", None]
    assert [row.get("customer") for row in shown] == [None, "@jo", "ann@example.com"]
    assert json.loads(desk("show 4 --json"))["customer"]["name"] == "Jo"


@pytest.mark.parametrize(
    "record",
    [
        {"command": "next"},
        {"command": "dept members", "name": "billing"},
        {"command": "undo", "list": True},
    ],
)
def test_a_line_that_only_shows_something_is_refused(desk: Desk, record: dict[str, Any]):
    desk("dept add billing")
    write(desk, record)

    assert error(desk, "apply changes.jsonl", 65) == told(
        "line 1: it only shows something, and changes nothing"
    )


def test_a_line_without_its_tickets_is_refused(desk: Desk):
    write(desk, {"command": "note", "message": "x"})

    assert error(desk, "apply changes.jsonl", 2) == told("line 1: no ticket given")


def test_no_editor_is_opened_and_nobody_asked(desk: Desk):
    write(desk, {"command": "note", "ids": [1]})

    shown = desk("apply changes.jsonl", tty=True, code=2, env={"TIX_EDITOR": "false"})
    assert "line 1: no text given" in shown


def test_what_erases_is_no_part_of_something(desk: Desk):
    purge = {"command": "delete", "ids": [1], "purge": True}
    write(desk, NOTE, purge)

    assert error(desk, "apply changes.jsonl", 5) == told(
        "line 2: what erases cannot be a part of an apply", "put it into a file of its own"
    )
    write(desk, purge)
    assert desk("apply changes.jsonl -q") == "1\n"


def test_a_file_of_one_line_is_that_command(desk: Desk):
    write(desk, NOTE)
    desk("apply changes.jsonl --key once")
    desk("apply changes.jsonl --key once")

    assert json.loads(desk("log --ops -L 1 -o jsonl"))["command"] == "note"
    assert json.loads(desk("show 1 --json"))["note_count"] == 1


def test_what_is_no_file_is_refused(desk: Desk):
    assert error(desk, "apply nope", 2) == told("nope is no file")
    assert error(desk, "apply .", 2).endswith(" is a folder, and a file is needed\n")


def test_a_thousand_lines_are_one_commit(desk: Desk):
    write(desk, *({"command": "new", "subject": f"T{n}", "tags": "a"} for n in range(1000)))

    assert desk("apply changes.jsonl -q").split() == [str(n) for n in range(4, 1004)]
    assert json.loads(desk("log --ops -L 1 -o jsonl"))["tickets"] == [[4, 1003]]
