"""What a TAB makes of a line, in each shell: the words that tix gets when it is entered."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.completions.shells import Shell

# No program is started for these.
FIXED = {
    "tix inb": "tix inbox ",
    "tix custo": "tix customer ",
    "tix customer mer": "tix customer merge ",
    "tix --outp": "tix --output ",
    "tix list --una": "tix list --unassigned ",
    "tix ls --una": "tix ls --unassigned ",
    "tix list --no-p": "tix list --no-pager ",
    "tix --quiet list --una": "tix --quiet list --unassigned ",
    "tix -o json list --una": "tix -o json list --unassigned ",
    "tix --output=csv": "tix --output=csv ",
    "tix list --output=jsonl": "tix list --output=jsonl ",
    "tix list -o m": "tix list -o md ",
    "tix list -qo m": "tix list -qo md ",
    "tix list -om": "tix list -omd ",
    "tix reply 1 --reason dup": "tix reply 1 --reason duplicate ",
    "tix help que": "tix help query ",
    "tix help exit": "tix help exit-codes ",
    "tix help customer mer": "tix help customer merge ",
    "tix schema ticket_": "tix schema ticket_list ",
    "tix config get time": "tix config get timezone ",
    "tix completion show z": "tix completion show zsh ",
    "tix new -F no": "tix new -F notes.txt ",
    "tix new --file=no": "tix new --file=notes.txt ",
    "tix list --db fo": "tix list --db folder/",
    "tix init fo": "tix init folder/",
    "tix import no": "tix import notes.txt ",
    # Nothing fits, so nothing changes.
    "tix xyz": "tix xyz",
    "tix new Subject -- --out": "tix new Subject -- --out",
    "tix new -m in": "tix new -m in",
}


def text(shown: str) -> str:
    """Return what a terminal has *shown*, without what moves its cursor."""
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", " ", shown)


@pytest.mark.parametrize("line", FIXED)
def test_what_is_fixed_completes_without_a_program(shell: Shell, line: str):
    shell.started()

    assert (shell.typed(line), shell.started()) == (FIXED[line], [])


# What is in the desk: the words that tix gets, and the one question it is asked.
ASKED = {
    "tix list tag:b": "tag:billing",
    "tix list tag:os:": "tag:os:mac",
    "tix list tag:billing,v": "tag:billing,vip",
    "tix list tag!=v": "tag!=vip",
    "tix list status:o": "status:open",
    "tix list prio:hi": "prio:high",
    "tix list prio:low..ur": "prio:low..urgent",
    "tix list assignee:al": "assignee:alice",
    "tix list is:unan": "is:unanswered",
    "tix list assignee!=al": "assignee!=alice",
    "tix list customer:B": "customer:Big Corp",
    "tix list query:h": "query:hot",
    "tix list no:ass": "no:assignee",
    "tix list due:tom": "due:tomorrow",
    "tix list -- tag:b": "tag:billing",
    "tix list --customer=B": "--customer=Big Corp",
    "tix list -c B": "Big Corp",
    "tix list -c 'Big": "Big Corp",
    'tix list -c "Big C': "Big Corp",
    r"tix list -c Big\ C": "Big Corp",
    "tix list --sort -cre": "-created",
    "tix list --group-by assig": "assignee",
    "tix new -c jo@": "jo@example.com",
    "tix new --customer=jo@": "--customer=jo@example.com",
    "tix new -c C-2": "C-2",
    "tix new -t os:m": "os:mac",
    "tix new -t vip,b": "vip,billing",
    "tix new --tags=vip,os:": "--tags=vip,os:mac",
    "tix new -tvi": "-tvip",
    "tix new --dept b": "billing",
    "tix new -p hi": "high",
    "tix new --due tom": "tomorrow",
    "tix show @l": "@last",
    "tix show 1,2": "1,2",
    "tix tag 1 vi": "vip",
    "tix tag 1 2 os": "os:mac",
    "tix tag @n": "@next",
    "tix assign 1 @m": "@me",
    "tix prio 1 ur": "urgent",
    "tix snooze 1 tom": "tomorrow",
    "tix tag --where 'is:open tag:b": "is:open tag:billing",
    "tix query show h": "hot",
    "tix agent show al": "alice",
    "tix --actor al": "alice",
    "tix --tz Europe/Zag": "Europe/Zagreb",
    "tix backup rest": "restore",
    "tix --db other show @l": "@last",
}


@pytest.mark.parametrize("line", ASKED)
def test_what_the_desk_holds_completes_to_one_word(shell: Shell, line: str):
    shell.started()
    typed = shell.typed(line)
    questions = shell.started()

    assert shlex.split(typed.removesuffix(" "))[-1] == ASKED[line]
    assert len(questions) == 1
    assert questions[0].startswith("__complete ")


@pytest.mark.parametrize("line", ["tix list -c B", "tix list assignee!=al", "tix new -c jo@"])
def test_the_shell_hands_over_the_word_that_is_meant(shell: Shell, line: str):
    expected = [*line.split()[1:-1], ASKED[line]]

    assert shell.entered(line) == expected


def test_a_field_waits_for_its_value(shell: Shell):
    assert shell.typed("tix list assig") == "tix list assignee:"


def test_a_value_with_a_blank_is_one_word(shell: Shell):
    assert shell.typed("tix list --customer=B") == r"tix list --customer=Big\ Corp "


def test_another_desk_is_asked_if_the_line_names_one(shell: Shell):
    for line in ("tix --db nowhere show @l", "tix show --db=nowhere 1"):
        shell.typed(line)
    assert shell.typed("tix list --db nowhere tag:b") == "tix list --db nowhere tag:b"
    assert shell.typed("tix list --db=other tag:b") == "tix list --db=other tag:billing "
    assert shell.typed("tix list --db ~/other tag:b") == "tix list --db ~/other tag:billing "
    assert not (shell.home / "nowhere").exists()


def test_tickets_are_listed_with_their_subjects_the_newest_first(shell: Shell):
    shown = shell.listed("tix show ")

    assert shown.index("Cannot log in") < shown.index("Refund not received")


def test_commands_and_options_are_listed_with_what_they_are_for(shell: Shell):
    commands, options = (text(shell.listed(line)) for line in ("tix ", "tix list --"))

    assert {"inbox", "resolve", "customer"} <= set(commands.split())
    assert not {"ls", "solve", "rm"} & set(commands.split())
    assert {"--unassigned", "--sort", "--output", "--help"} <= set(options.split())
    if shell.name != "bash":
        assert "Answer the customer" in commands
        assert "Such as due,-created" in options


def test_a_first_word_is_a_ticket_and_the_next_may_be_the_value(shell: Shell):
    first, second = shell.listed("tix tag "), shell.listed("tix tag 1 ")

    assert "Cannot log in" in first
    assert "billing" not in first
    assert "billing" in second


def test_behind_two_dashes_there_are_only_arguments(shell: Shell):
    assert shell.typed("tix list -- --una") == "tix list -- --una"
    assert shell.typed("tix list --una") == "tix list --unassigned "


def test_where_there_is_nothing_to_offer_nothing_is_typed(shell: Shell):
    (shell.home / "forms").write_text("a file where a desk should be")

    assert shell.typed("tix --db forms show ") == "tix --db forms show "


def test_what_fails_is_silent(shell: Shell):
    tool = shell.home / "bin" / "tix"
    kept = tool.read_text()
    tool.write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    shown = shell.listed("tix list tag:b")
    tool.unlink()
    gone = shell.listed("tix list tag:b")
    tool.write_text(kept)
    tool.chmod(0o755)

    assert "broken" not in shown
    assert "not found" not in gone
