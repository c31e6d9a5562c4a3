"""``tix pick``."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.telling import error, told
from tests.commandline import finish, in_this_process

if TYPE_CHECKING:
    import pexpect

    from tests.commandline import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The same desk, whose terminal is in this process too."""
    return SeatedDesk(desk.home, in_this_process)


LIST = """\
    ID  PRIO    WAITS      SLA  DUE  AGENT  CUSTOMER        SUBJECT
1)   1  high       0s  1h left       -      jo@example.com  Refund not received
2)   2  normal     0s  4h left       -      -               Cannot log in
3)   3  low        0s  8h left       alice  -               Invoice 77
"""
ONE = "which (3; words narrow the list)? "
SEVERAL = "which (3, or 1,4-6; words narrow the list)? "
NOTHING = "tix: error: nothing was picked\n"
INSTEAD = "tix list -o ids prints all that match"


def asked(desk: Desk, line: str, question: str = ONE) -> pexpect.spawn[str]:
    """Start *line* with the list of its own, and wait for the question."""
    child = desk.spawn(f"pick --picker '' {line}")
    child.expect_exact(question)
    return child


def picked(desk: Desk, answers: str, line: str = "", question: str = ONE) -> str:
    """Return all that is shown after the first question."""
    shown = desk(f"pick --picker '' {line}", tty=True, input=answers)
    listed, asked_for, rest = shown.partition(question)
    assert listed.startswith("    ID  PRIO")
    assert asked_for
    return rest


def test_a_number_in_the_list_is_its_ticket(desk: Desk):
    child = asked(desk, "")

    assert (child.before or "").replace("\r\n", "\n") == LIST
    assert finish(child, b"2\n").stdout == "2\n"
    assert picked(desk, "1\n", "prio:low") == "3\n"


def test_several_are_named_by_places_and_ranges(desk: Desk):
    assert picked(desk, "3,1-2\n", "--multi", SEVERAL) == "3\n1\n2\n"
    assert picked(desk, "1, 3 1\n", "--multi", SEVERAL) == "1\n3\n"


def test_words_narrow_the_whole_list(desk: Desk):
    shown = picked(desk, "invoice\njo@ refund\n1\n")

    assert shown == (
        "    ID  PRIO  WAITS      SLA  DUE  AGENT  CUSTOMER  SUBJECT\n"
        f"1)   3  low      0s  8h left       alice  -         Invoice 77\n{ONE}"
        "    ID  PRIO  WAITS      SLA  DUE  AGENT  CUSTOMER        SUBJECT\n"
        f"1)   1  high     0s  1h left       -      jo@example.com  Refund not received\n{ONE}1\n"
    )


@pytest.mark.parametrize(
    ("answer", "options", "said"),
    [
        ("4", "", "there are places 1 to 3"),
        ("0", "", "there are places 1 to 3"),
        ("2-999999999999", "--multi", "there are places 1 to 3"),
        ("3-1", "--multi", "there are places 1 to 3"),
        ("1,2", "", "only one, please; --multi takes several"),
        ("nobody", "", "no ticket here has 'nobody'"),
    ],
)
def test_what_cannot_be_picked_is_told_and_asked_for_again(
    desk: Desk, answer: str, options: str, said: str
):
    question = SEVERAL if options else ONE

    assert picked(desk, f"{answer}\n1\n", options, question) == f"{said}\n{question}1\n"


def test_nothing_picked_is_a_refusal(desk: Desk):
    for answer in (b"\n", b"\x04"):
        result = finish(asked(desk, ""), answer)
        assert (result.stdout.lstrip("\n"), result.code) == (NOTHING, 5)


def test_ctrl_c_is_130(desk: Desk):
    assert finish(asked(desk, ""), b"\x03").code == 130


def test_a_long_list_is_cut_to_the_screen_and_every_place_counts(run: Desk):
    for number in range(1, 61):
        run(f"new Ticket {number}")
    child = asked(run, "")

    assert (child.before or "").endswith(
        "45)  45  normal     0s  4h left       -      -         Ticket 45\r\n... 15 more\r\n"
    )
    assert finish(child, b"60\n").stdout == "60\n"


def test_it_works_while_stdout_is_a_pipe(desk: Desk):
    child = shell(desk, "python -m tix resolve $(python -m tix pick --picker '')")
    child.expect_exact(ONE)
    child.sendline("2")
    finish(child)
    assert desk("list is:resolved -o ids") == "2\n"

    child = shell(desk, "python -m tix pick --multi --picker '' | python -m tix assign - @me")
    child.expect_exact(SEVERAL)
    child.sendline("1-2")
    finish(child)
    assert desk("list is:mine -o ids --sort id") == "1\n3\n"


def shell(desk: Desk, line: str) -> pexpect.spawn[str]:
    """Start *line* in a shell on a terminal."""
    import pexpect

    return pexpect.spawn(
        "/bin/sh",
        ["-c", line],
        env=desk.env,
        cwd=str(desk.home),
        dimensions=(50, 100),
        echo=False,
        encoding="utf-8",
        timeout=20,
    )


OWN = "--picker '' needs none"


class TestProgram:
    """A program that reads ``tix list`` and prints the lines that were chosen."""

    def test_it_is_fed_what_a_pipe_gets_and_prints_lines(self, desk: Desk):
        assert desk("pick --picker 'tee fed'", code=5) == ""
        assert (desk.home / "fed").read_text() == desk("list")
        assert desk("pick --multi --picker 'tail -n 2'") == "2\n3\n"
        assert desk("pick is:mine --picker cat") == "3\n"

    def test_a_format_that_is_asked_for_tells_of_what_was_picked(self, desk: Desk):
        picked = json.loads(desk("pick tag:web --multi --picker 'tail -n 1' --json"))

        assert [row["id"] for row in picked["tickets"]] == [2]
        assert (picked["schema"], picked["total"]) == ("tix.ticket_list/1", 1)

    def test_it_needs_no_terminal_of_ours(self, desk: Desk):
        assert desk("pick --picker 'head -n 1'") == "1\n"
        assert error(desk, "pick --picker 'head -n 1' --no-input", 5) == told(
            "tix pick needs somebody at a terminal", INSTEAD
        )

    @pytest.mark.parametrize(
        ("picker", "code", "said"),
        [
            ("cat", 5, told("3 tickets were picked", "--multi takes several")),
            ("true", 5, told("nothing was picked")),
            ("sh -c 'exit 130'", 5, told("nothing was picked")),
            ("sh -c 'echo 1; exit 1'", 5, told("nothing was picked")),
            ("sh -c 'exit 2'", 5, told("the picker 'sh' has failed (2)")),
            ("echo 9", 65, told("the picker printed '9', which was not offered")),
            ("no-such-picker -x", 2, told("there is no picker 'no-such-picker'", OWN)),
            ("'x", 2, told("""--picker "'x" has a quotation mark without its partner""")),
        ],
    )
    def test_what_is_no_choice(self, desk: Desk, picker: str, code: int, said: str):
        assert error(desk, ["pick", "--picker", picker], code) == said

    def test_a_picker_that_reads_nothing_is_no_error(self, run: Desk):
        for number in range(40):
            run(["new", f"{number} {'x' * 1900}"])

        assert run("pick --picker 'echo 7'") == "7\n"

    def test_its_preview_is_of_the_same_desk(self, desk: Desk):
        (desk.home / "fzf").write_text(
            "#!/bin/sh\n"
            'for word; do case "$word" in --preview=*) show="${word#--preview=}";; esac; done\n'
            'sh -c "$(echo "$show" | sed s/{1}/2/)" >shown; head -n 1\n'
        )
        (desk.home / "fzf").chmod(0o755)
        desk("init --db other")
        desk("new First --db other")
        desk("new Second --db other")
        line = ["pick", "--picker", str(desk.home / "fzf"), "--db", "other"]

        assert desk(line) == "1\n"
        assert "Second" in (desk.home / "shown").read_text()


OWN_FZF = "FZF_DEFAULT_OPTS"


@pytest.mark.skipif(not shutil.which("fzf"), reason="fzf is not installed")
class TestFzf:
    """The real one, which is taken where it is installed."""

    def test_it_picks_one(self, desk: Desk):
        child = desk.spawn("pick", env={OWN_FZF: "", "SHELL": "/bin/sh"})
        child.expect("3/3")
        child.send("invoice")
        child.expect("1/3")
        child.send("\r")

        assert finish(child).stdout.endswith("3\n")

    def test_it_picks_several(self, desk: Desk):
        child = desk.spawn("pick --multi", env={OWN_FZF: "", "SHELL": "/bin/sh"})
        child.expect("3/3")
        child.send("\x1b[Z\x1b[Z\r")

        assert finish(child).stdout.endswith("1\n2\n")

    def test_it_shows_the_ticket(self, desk: Desk):
        child = desk.spawn("pick", env={OWN_FZF: "", "SHELL": "/bin/sh"})
        child.expect("Where is it")
        child.send("\x1b")

        result = finish(child)
        assert result.stdout.endswith(NOTHING)
        assert result.code == 5


def test_fzf_is_not_needed(desk: Desk):
    (desk.home / "bin").mkdir()
    python = shutil.which("python", path=desk.env["PATH"])
    assert python is not None
    (desk.home / "bin" / "python").symlink_to(os.path.realpath(python))
    child = desk.spawn("pick", env={"PATH": str(desk.home / "bin")})
    child.expect_exact(ONE)

    assert finish(child, b"1\n").stdout == "1\n"


def test_without_a_terminal_it_says_what_to_use(desk: Desk):
    for line in ("pick", "pick --picker ''", "pick --no-input"):
        assert error(desk, line, 5) == told("tix pick needs somebody at a terminal", INSTEAD)


def test_where_nothing_matches_nothing_can_be_picked(desk: Desk):
    shown = desk("pick tag:nope", tty=True, code=5)

    assert shown == "tix: error: no tickets match, so there is nothing to pick\n"
