from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.on_a_terminal import FRAME, ended, python
from tests.commandline import environment

if TYPE_CHECKING:
    from pathlib import Path

    import pexpect

CONFIRM = """
from tix.cli.ask import confirm
confirm("delete 3 tickets?", yes={yes}, may_ask={may_ask})
print("deleted")
"""
PROMPT = "delete 3 tickets? [y/N] "
DECLINED = "tix: error: declined, nothing was changed\n"
NOBODY = "tix: error: nobody is there to answer: delete 3 tickets?\nhint: Add --yes to say yes.\n"


def asked(home: Path, *, yes: bool = False, may_ask: bool = True) -> pexpect.spawn[str]:
    return python(CONFIRM.format(yes=yes, may_ask=may_ask), home)


def answered(home: Path, answer: str) -> tuple[str, int | None]:
    child = asked(home)
    child.expect_exact(PROMPT)
    child.send(answer)
    return ended(child)


@pytest.mark.parametrize("answer", ["y\n", "yes\n", " YES \n"])
def test_yes_goes_on(tmp_path: Path, answer: str):
    assert answered(tmp_path, answer) == ("deleted\n", 0)


@pytest.mark.parametrize("answer", ["n\n", "no\n", "\n", "N\n"])
def test_no_or_nothing_is_refused(tmp_path: Path, answer: str):
    assert answered(tmp_path, answer) == (DECLINED, 5)


def test_any_other_answer_is_asked_for_again(tmp_path: Path):
    child = asked(tmp_path)
    for answer in ("maybe", "\x1b[A"):
        child.expect_exact(PROMPT)
        child.sendline(answer)
    child.expect_exact("Please answer y or n.\r\n" + PROMPT)
    child.sendline("y")

    assert ended(child) == ("deleted\n", 0)


def test_the_end_of_input_is_refused(tmp_path: Path):
    child = asked(tmp_path)
    child.expect_exact(PROMPT)
    child.sendeof()

    assert ended(child) == ("\ntix: error: no answer, nothing was changed\n", 5)


def test_ctrl_c_is_130_on_a_line_of_its_own(tmp_path: Path):
    child = asked(tmp_path)
    child.expect_exact(PROMPT)
    child.sendintr()

    assert ended(child) == ("\n", 130)


def test_a_yes_that_was_given_is_not_asked_for(tmp_path: Path):
    assert ended(asked(tmp_path, yes=True)) == ("deleted\n", 0)


def test_with_no_input_or_data_on_stdin_nobody_is_asked(tmp_path: Path):
    assert ended(asked(tmp_path, may_ask=False)) == (NOBODY, 5)


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_a_stream_that_is_no_terminal_has_nobody_to_ask(tmp_path: Path, stream: str):
    detached = f"sys.{stream} = open(os.devnull, 'r+')\n" + CONFIRM.format(yes=False, may_ask=True)

    assert ended(python(detached, tmp_path))[1] == 5


def test_the_question_does_not_go_to_stdout(tmp_path: Path):
    child = python(
        "sys.stdout = open('stdout', 'w')\n" + CONFIRM.format(yes=False, may_ask=True), tmp_path
    )
    child.expect_exact(PROMPT)
    child.sendline("y")
    ended(child)

    assert (tmp_path / "stdout").read_text() == "deleted\n"


def test_a_question_cannot_steer_the_terminal(tmp_path: Path):
    body = "from tix.cli.ask import confirm\nconfirm('\\x1b[2Jdelete \\u202eit?', yes=False)"
    child = python(body, tmp_path)
    child.expect_exact("[y/N] ")

    assert child.before == "delete it? "


@pytest.mark.parametrize("redirection", ["</dev/null", "<&-"])
def test_without_a_terminal_it_neither_asks_nor_waits(tmp_path: Path, redirection: str):
    code = FRAME.format(body=CONFIRM.format(yes=False, may_ask=True).replace("\n", "\n    "))
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -c "$1" {redirection}', sys.executable, code],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", NOBODY, 5)
