"""``tix setup``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tests.cli.telling import error, told
from tests.commandline import finish
from tix.cli.schema import bundled
from tix.domain.setup import COLOURS
from tix.ops.setup.tables import TABLES
from tix.output.text import paint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


@pytest.fixture
def file(run: Desk) -> Path:
    """The document of the fresh desk, in a file."""
    path = run.home / "desk.toml"
    path.write_text(run("setup show"))
    return path


@pytest.fixture
def editor(run: Desk) -> dict[str, str]:
    """The environment of an editor that takes what is in ``wanted``, and counts on in it."""
    script = run.home / "editor"
    script.write_text(
        '#!/bin/sh\ncp "$1" before\n[ ! -e wanted ] || cp wanted "$1"\n'
        "[ ! -e then ] || mv then wanted\n"
    )
    script.chmod(0o755)
    return {"TIX_EDITOR": str(script)}


def changed(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text()
    for before, after in pairs:
        assert text.count(before) == 1
        text = text.replace(before, after)
    file.write_text(text)


BOB = ("\n[agents]\n", "\n[agents.bob]\ntier = 2\n")
POLICY = '[policy]\ndefault = "gold"\n'
QUIET = ("quiet_days = 14", "quiet_days = 30")


def test_show_prints_a_document_that_apply_takes(run: Desk, file: Path):
    assert run("setup apply desk.toml") == ""
    assert run.run("setup apply desk.toml").stderr == (
        "nothing to change, the desk is set up like that\n"
    )
    assert run("setup apply -", input=run("setup show")) == ""


def test_show_is_coloured_by_nothing_and_paged_on_a_terminal(tix: Desk):
    tix("dept add web --signature 'a\u202eb'")

    shown = tix("setup show", tty=True)

    assert shown == tix("setup show").replace("\u202e", "")
    assert tix("setup show", tty=True, env={"TIX_PAGER": "sed s/^/P/"}).startswith("P# The set-up")


def test_show_has_every_format(run: Desk):
    document = json.loads(run("setup show --json"))

    assert document["schema"] == "tix.setup/1"
    assert document["version"] == 0
    assert document["desk"]["quiet_days"] == 14
    assert [row["name"] for row in document["priorities"]] == ["low", "normal", "high", "urgent"]
    assert run("setup show --json --fields version") == ('{"schema":"tix.setup/1","version":0}\n')
    assert run("setup show -o tsv --fields version") == "version\n0\n"
    assert run("setup show -o ids") == "0\n"
    assert run("setup show -o tsv").startswith("version\ttext\n0\t# The set-up")
    assert run("setup show -o md") == f"~~~~ toml\n{run('setup show')}~~~~\n"


def test_every_colour_of_a_priority_can_be_shown():
    assert [paint("x", colour)[-5:] for colour in COLOURS] == ["x\x1b[0m"] * len(COLOURS)


def test_the_schema_knows_every_table(run: Desk):
    schema = bundled("setup")

    assert schema["required"] == ["schema", "version", *(table.name for table in TABLES)]
    for table in TABLES:
        found = schema["properties"][table.name]
        names = [key.name for key in table.keys]
        rows = found["required"] if table.single else ["name", *names]
        assert rows == ["name", *names][-len(rows) :]
        assert found.get("items", found)["required"] == rows


def test_the_schema_of_a_change_knows_what_a_document_changes():
    kinds = bundled("change")["properties"]["changed"]["items"]["properties"]["kind"]["enum"]

    assert {table.noun for table in TABLES} <= set(kinds)


def test_a_full_set_up_is_true_to_its_schema(run: Desk, file: Path):
    lines = [line[4:] for line in file.read_text().splitlines() if line.startswith("#   ")]
    file.write_text("\n".join([*lines, "[priorities.normal]", "weight = 1", POLICY]))
    run("setup apply desk.toml")

    document = json.loads(run("setup show --json"))

    Draft202012Validator(bundled("setup")).validate(document)
    assert all(document[table.name] for table in TABLES)


def test_apply_tells_what_it_changes(run: Desk, file: Path):
    changed(file, BOB, QUIET, ("weight = 4", "weight = 5"))

    tried = run("setup apply desk.toml -n -o table")

    assert tried == (
        "would: desk set-up: quiet days 30\n"
        "would: priority urgent: weight 5\n"
        "would: agent bob is new: name bob, tier 2\n"
    )
    assert run("setup show") == run("setup show --rev 0")
    assert run("setup apply desk.toml") == "set-up\nurgent\nbob\n"
    assert [agent["name"] for agent in json.loads(run("agent list --json"))["agents"]] == ["bob"]


def test_apply_is_one_operation_that_undo_takes_back(run: Desk, file: Path):
    before = json.loads(run("setup show --json"))
    changed(file, BOB, QUIET)
    run("setup apply desk.toml --why 'Bob joins us'")

    assert run("undo -o table") == "agent bob: gone\ndesk set-up: quiet days 14\n"
    assert json.loads(run("setup show --json")) == {**before, "version": 2}


def test_a_bad_document_tells_every_problem_and_changes_nothing(run: Desk, file: Path):
    changed(file, (BOB[0], "\n[agents.bob]\ntierr = 2\n"), ("= 14", '= "x"'))
    line = 1 + file.read_text()[: file.read_text().index("tierr")].count("\n")

    result = run.run("setup apply desk.toml")

    assert (result.stdout, result.code) == ("", 65)
    assert result.stderr == (
        "line 18: desk.quiet_days: must be a whole number. Such as 14\n"
        f"line {line}: agents.bob.tierr: an agent has no such key. Did you mean 'tier'?\n"
        "tix: error: desk.toml has 2 problems, nothing was changed\n"
    )
    assert run.run("setup diff desk.toml") == result
    assert json.loads(run("setup show --json"))["version"] == 0
    asked = run.run("setup apply desk.toml --json").stderr.splitlines()[-1]
    assert json.loads(asked)["error"]["ids"] == ["desk.quiet_days", "agents.bob.tierr"]


def test_a_single_problem_is_the_error(run: Desk):
    (run.home / "x.toml").write_text("[tgas]\n")

    assert error(run, "setup apply x.toml", 65) == told(
        "x.toml line 1: tgas: there is no such table", "Did you mean 'tags'?"
    )


def test_a_document_from_an_older_version_is_a_conflict(run: Desk, file: Path):
    changed(file, QUIET)
    run("agent add bob")

    message = error(run, "setup apply desk.toml", 4)

    assert "tix setup diff - shows" in run.run("setup apply -", input=file.read_text()).stderr
    assert message == told(
        "the set-up is at version 1, and desk.toml was made from version 0",
        "tix setup diff desk.toml shows what it would do; "
        "without its version line it is taken all the same",
    )


def test_what_tickets_need_is_refused(run: Desk, file: Path):
    run("new X -p urgent")
    changed(file, ("[priorities.urgent]", "[priorities.worst]"))

    assert error(run, "setup apply desk.toml", 5) == told(
        "priority 'urgent' is left out and needed by ticket 1",
        "change these tickets first; nothing was changed",
    )


def test_diff_shows_what_would_change(run: Desk, file: Path):
    assert run("setup diff desk.toml") == ""
    changed(file, QUIET)

    shown = run("setup diff desk.toml").splitlines()

    assert shown[:2] == ["--- the desk", "+++ desk.toml"]
    assert [line for line in shown[2:] if line[0] in "+-"] == [
        "-quiet_days = 14",
        "+quiet_days = 30",
    ]
    assert run("setup diff - --exit-status", input=file.read_text(), code=1) == "\n".join(
        ["--- the desk", "+++ stdin", *shown[2:], ""]
    )
    run("setup apply desk.toml")
    assert run("setup diff desk.toml --exit-status") == ""
    assert run("setup diff --rev 0").splitlines()[2:] == shown[2:]


def test_diff_is_in_colours_on_a_terminal(tix: Desk, file: Path):
    changed(file, QUIET)

    shown = tix("setup diff desk.toml", tty=True)

    assert "\x1b[31m-quiet_days = 14\x1b[0m\n\x1b[32m+quiet_days = 30\x1b[0m\n" in shown
    assert "\x1b" not in tix("setup diff desk.toml", tty=True, env={"NO_COLOR": "1"})


def test_diff_has_other_formats(run: Desk, file: Path):
    assert run("setup diff desk.toml -o md") == "~~~~ diff\n~~~~\n"
    assert run("setup diff desk.toml -o tsv") == "differs\tdiff\nfalse\t\n"
    assert json.loads(run("setup diff desk.toml --json")) == {
        "schema": "tix.setup_diff/1",
        "differs": False,
        "diff": "",
    }


def test_diff_needs_something_to_compare(run: Desk):
    assert error(run, "setup diff", 2) == told(
        "FILE or --rev is missing", "tix setup diff desk.toml"
    )
    assert error(run, "setup diff --rev 7", 3) == told(
        "the set-up has no version 7", "the last one is 0"
    )


def test_log_lists_every_version(run: Desk, file: Path):
    assert run.run("setup log").stderr == "nobody has changed the set-up yet\n"
    run("setup log --exit-status", code=1)
    run("agent add bob --why 'joins us'")
    run("new X")
    run("query save mine is:mine")

    assert run("setup log") == (
        "2\t2026-11-21T18:30:00Z\tagent:alice\tquery save\t3\tqueries.mine\t\n"
        "1\t2026-11-21T18:30:00Z\tagent:alice\tagent add\t1\tagents.bob\tjoins us\n"
    )
    assert run("setup log -L 1 -o ids") == "2\n"
    assert "[agents.bob]" in run("setup show --rev 1").splitlines()
    assert "[agents.bob]" not in run("setup show --rev 0").splitlines()


class TestEdit:
    def test_it_applies_what_was_written(self, tix: Desk, file: Path, editor: dict[str, str]):
        changed(file, QUIET)
        file.rename(tix.home / "wanted")

        shown = tix("setup edit --why 'More time'", env=editor, tty=True)

        assert shown == "desk set-up: quiet days 30\n"
        assert tix("setup log").endswith("desk\tMore time\n")
        assert not [*tix.home.rglob("drafts/*/setup.toml")]

    def test_an_unchanged_document_changes_nothing(self, tix: Desk, editor: dict[str, str]):
        before = tix("setup show")

        shown = tix("setup edit", env=editor, tty=True, code=5)

        assert shown == "tix: error: aborted, nothing was saved\n"
        assert (tix.home / "before").read_text() == before

    def test_one_can_go_back_in_after_an_error(self, tix: Desk, editor: dict[str, str]):
        (tix.home / "wanted").write_text("[tgas.vip]\n")
        (tix.home / "then").write_text("[tags.vip]\n")
        child = tix.spawn("setup edit", env=editor)
        child.expect_exact("line 1: tgas: there is no such table. Did you mean 'tags'?\r\n")
        child.expect_exact("Nothing was changed. Edit it again? [y/N] ")

        result = finish(child, b"y\n")

        assert (result.stdout.strip(), result.code) == ("tag vip is new: name vip", 0)
        assert (tix.home / "before").read_text() == "[tgas.vip]"
        assert not [*tix.home.rglob("drafts/*/setup.toml")]

    @pytest.mark.parametrize("then", ["[tgas.vip]", "[tgas.vip]\n[dekk]\n"])
    def test_what_was_written_is_kept_if_one_does_not(
        self, tix: Desk, editor: dict[str, str], then: str
    ):
        (tix.home / "wanted").write_text("[tgas.vip]\n")
        (tix.home / "then").write_text(then)
        child = tix.spawn("setup edit", env=editor)

        result = finish(child, b"y\nn\n")

        (draft,) = tix.home.rglob("drafts/*/setup.toml")
        assert f"your text is kept in {draft}\n" in result.stdout
        assert draft.read_text().strip() == then.strip()
        assert result.code == 5

    def test_somebody_else_was_faster(self, tix: Desk, file: Path, editor: dict[str, str]):
        changed(file, QUIET)
        file.rename(tix.home / "wanted")
        tix.fast("agent add bob")

        shown = tix("setup edit", env=editor, tty=True, code=4)

        (draft,) = tix.home.rglob("drafts/*/setup.toml")
        assert f"and {draft} was made from version 0\nhint: tix setup diff {draft} shows" in shown

    @pytest.mark.parametrize("option", ["", "--no-input"])
    def test_it_needs_somebody_to_edit(self, run: Desk, editor: dict[str, str], option: str):
        result = run.run(f"setup edit {option}", env=editor)

        assert result.code == 2
        assert result.stderr.endswith(
            "hint: Use tix setup show > FILE, then tix setup apply FILE.\n"
        )
