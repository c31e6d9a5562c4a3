"""Every example that help shows does what it shows.

Each runs on a desk of its own, a copy of one with something of everything: those with pipes and the
like in bash, where every command of a pipe has to end well, the others in this process; those that
ask or open an editor on a terminal. A command that lists finds something.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.cli.at_a_terminal import SeatedDesk
from tests.cli.editors import editor
from tests.cli.tree import leaves
from tests.commandline import ROOT, SIZE, Desk, Result, finish, in_a_process, in_this_process
from tix.cli import COMMANDS, EXAMPLES
from tix.cli.topics import cron, exit_codes, pipes, query

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER, NOVEMBER, TODAY = (f"2026-{day}T08:00:00Z" for day in ("10-20", "11-02", "11-21"))
PEOPLE = (
    *("dept add billing", "dept add web", "agent add alice", "agent add bob", "agent add carol"),
    *("agent retire carol", "dept members billing --add bob"),
    *(f"customer add 'Customer {n}' --email c{n}@example.com" for n in (1, 2)),
    "customer add Jo --email jo@example.com",
    *(f"customer add 'Customer {n}' --email c{n}@example.com" for n in range(4, 42)),
    "customer add Acme --email help@acme.test --org Acme --vip --field order=77",
)
OLDER = (
    "new Export fails --due 2026-10-30 -p high -m 'It says E42.'",
    "new Where is my invoice -t invoices,payment",
    "new Parcel lost -t web -a alice",
    "new Cannot log in -t outage -c c4@example.com",
    "new Slow since Monday -t outage",
)
NEWER = (
    "new Refund not received in May -c C-3 -m 'Please look.'",
    "new Refund of order 70 -c C-3 -m 'Still waiting.' --category billing",
    "new Site is down -p urgent -t outage",
    *("new Password reset -t beta", "new Printing is off -t bilng"),
    "new Billing address -t billing,vip -p high --category billing --due 2026-11-25",
    "new Refund not received -c jo@example.com -p high -t vip,web -m 'Where is it?'",
    *("new Second mail -m one", "new Typo on the page", "new Dark mode please -t beta,web"),
    *("new Done long ago", "new You won a lottery -t os:mac,billing -a alice"),
    *("reply 12 -m 'We ask the bank.'", "note 12 -m 'Asked the bank.'"),
    *(f"reply 12 --inbound -m 'And number {n}?'" for n in (4, 5, 6)),
    "note 6 -m 'The receipt.' --attach invoice.pdf",
    *("resolve 6 --close", "resolve 16", "edit 12 --due 2026-11-04"),
    "query save pressing prio:high.. is:unanswered",
    "edit 14 --subject 'A word is wrong'",
)
SPOKEN = {
    "calls.jsonl": '{"id": "1", "at": "2026-11-20T09:12:40Z", "ticket": 12, "seconds": 310}',
    "chat.jsonl": '{"at": "2026-11-20T09:30:00Z", "from": "agent", "text": "Good morning!"}',
    "sessions.jsonl": (
        '{"id": "1", "from": "jo@example.com", "started_at": "2026-11-20T09:00:00Z", '
        '"ended_at": "2026-11-20T09:05:00Z"}'
    ),
}
RECENT = ("new Parcel came broken -c help@acme.test",)
BEFORE = {
    "tix close 12": ["resolve 12"],
    "tix reopen 12": ["resolve 12"],
    "tix reopen 12 --why 'She wrote again.'": ["resolve 12"],
    "tix restore 12": ["delete 12"],
    "tix list is:trashed": ["delete 12"],
    "tix unmerge 12": ["merge 12 --into 7"],
    "tix unmerge --where merged:7 --yes": ["merge 12 --into 7"],
    "tix unlink 12 7": ["link 12 7"],
    "tix unlink 12 15 16": ["link 12 15 16"],
    "tix redo": ["undo"],
    "tix redo 57": ["undo 57"],
    "tix config get me": ["config set me alice"],
    "tix config get editor --show-origin": ["config set editor vi"],
    "tix config unset editor": ["config set editor vi"],
    "tix config unset me": ["config set me alice"],
    "tix config edit": ["config set color never"],
    "tix config edit && tix config list": ["config set color never"],
    "cat $(tix config path)": ["config set color never"],
    "tix alert rm slow": ["alert save slow 'frt.p90 > 4h'"],
    "tix alert rm slow --dry-run": ["alert save slow 'frt.p90 > 4h'"],
    "tix report rm monday": ["report save monday agents"],
    "tix report rm monday --dry-run": ["report save monday agents"],
    "tix promise done 12": ["promise 12 fix --by fri"],
    "tix promise done 12 --number 2": ["promise 12 fix --by fri", "promise 12 call --by fri"],
    "tix promise cancel 12 --why 'She found another way.'": ["promise 12 fix --by fri"],
    "tix promise cancel 12 --number 2": ["promise 12 fix --by fri", "promise 12 call --by fri"],
    "tix promise list": ["promise 12 fix --by fri"],
    "tix promise list is:mine": ["assign 12 @me", "promise 12 fix --by fri"],
    "tix promise list --all --json": ["promise 12 fix --by fri"],
    "tix time --stop": ["time 12 --start"],
    "tix time 12 -- -10m": ["time 12 25m"],
    "tix rate 12 --withdraw --why 'She meant another ticket.'": ["rate 12 bad"],
    "tix away list": ["away 2027-08-03..2027-08-10"],
    "tix away list --all --json": ["away 2027-08-03..2027-08-10"],
    "tix away cancel": ["away 2027-08-03..2027-08-10"],
    "tix away cancel 2027-08-07..2027-08-10": ["away 2027-08-03..2027-08-10"],
    "tix query save pressing prio:high.. is:unanswered --sort -waiting": ["query rm pressing"],
    "tix backup restore ~/desk.zip --dry-run": ["backup desk.zip"],
}
# Commands that make what the desk has already.
AT_FIRST = {
    "agent add": ["init", "dept add billing", "dept add web"],
    "customer add": ["init"],
    "dept add": ["init"],
    "init": [],
}
# What somebody types, by the example; these run on a terminal.
TYPED = {
    "tix triage": "q",
    "tix triage is:unassigned prio:high..": "q",
    "tix pick --picker 'fzf --height 40%'": "\n",
    "tix pick is:mine | tix resolve -": "1\n",
    "tix pick --multi tag:billing | tix assign - @me": "1\n",
    "tix assign --where is:unassigned @me": "y\n",
    "tix merge --where 'customer:jo@example.com subject:refund' --into 7": "y\n",
    "tix customer forget jo@example.com --why 'asked by mail'": "y\n",
    "tix tags rename web website": "y\n",
    "tix tags merge invoices payment --into billing": "y\n",
}
# What the editor does to the file, by the example; these run on a terminal as well.
EDITED = {
    "tix edit 12": "sed -i 's/^subject: .*/subject: Refund of order 77/' \"$1\"",
    "tix setup edit": "sed -i 's/quiet_days = 14/quiet_days = 7/' \"$1\"",
    "tix setup edit --why 'Carol joins us'": "sed -i 's/quiet_days = 14/quiet_days = 7/' \"$1\"",
    "tix config edit": 'echo \'me = "alice"\' >> "$1"',
    "tix config edit && tix config list": 'echo \'me = "alice"\' >> "$1"',
}
ENDLESS = {"tix log --follow -o jsonl"}
"""These run until Ctrl-C."""
# fzf's filter needs nobody who chooses.
AROUND = {"SHELL": "/bin/bash", "FZF_DEFAULT_OPTS": "--filter=lottery"}
TOOLS = ("jq", "fzf", "gzip")

FOR_A_SHELL = re.compile(r"[|<>&~$;]|^(?!tix)")
FOUND_NOTHING = re.compile(r"no \w+ match|nothing found|^tix: error", re.MULTILINE)


def examples() -> dict[str, str]:
    """Return the examples of all commands, each with the command that shows it."""
    return {
        example: words
        for name in COMMANDS
        for words, command in leaves(name).items()
        for example in getattr(command, "examples", ())
    }


def of_topics() -> list[str]:
    """Return the examples of the first page and of the topics, and the jobs of the crontab."""
    crontab = cron.CRONTAB.replace("/usr/local/bin/", "").replace("/mnt/", "").replace(r"\%", "%")
    first = [line for line in EXAMPLES.splitlines() if line.startswith("  tix")]
    return [
        *(line.strip() for line in first),
        *query.EXAMPLES.strip().splitlines(),
        *exit_codes.EXAMPLES.strip().splitlines(),
        pipes.EXAMPLES.strip(),
        *re.findall(r"^(?:[0-9*-]+ ){4}[0-9*-]+ +(.*)", crontab, re.MULTILINE),
    ]


@pytest.fixture(scope="module")
def whole_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose desk has 17 tickets, 42 customers, and a past of more than 57 operations."""
    home = tmp_path_factory.mktemp("whole") / "home"
    home.mkdir()
    for name in ("answer.txt", "invoice.pdf", "findings.txt"):
        (home / name).write_text("It was E42.\n")
    desk = Desk(home, in_this_process)
    desk("init")
    for now, lines in ((OCTOBER, (*PEOPLE, *OLDER)), (NOVEMBER, NEWER), (TODAY, RECENT)):
        for line in lines:
            desk(f"{line} -q", env={"TIX_NOW": now})
    for days in (30, 7, 14):
        wanted = re.sub("quiet_days = .*", f"quiet_days = {days}", desk("setup show"))
        desk("setup apply - -q", input=wanted)
    shutil.copytree(home / "desk", home / "old")
    desk("init new")
    (home / "desk.toml").write_text(desk("setup show").replace("quiet_days = 14", "quiet_days = 9"))
    (home / "survey.csv").write_text("ticket,score,comment,at\n12,5,Thanks,2026-11-20 12:00\n")
    (home / "error.log").write_text("E41\nE42\n")
    for name, told in SPOKEN.items():
        (home / name).write_text(f"{told}\n")
    (home / "changes.jsonl").write_text(desk("tag 12 money -n -o jsonl"))
    shutil.copy(ROOT / "docs/examples/helpdesk.csv", home / "complaints.csv")
    (home / "complaints.toml").write_text(desk("import --guess complaints.csv"))
    shutil.copytree(ROOT / "docs/examples/zendesk-sample", home / "zendesk-export")
    return home


@pytest.fixture
def desk(whole_home: Path, tmp_path: Path) -> SeatedDesk:
    return SeatedDesk(shutil.copytree(whole_home, tmp_path / "whole"), in_this_process)


@pytest.fixture
def new_desk(tmp_path: Path) -> SeatedDesk:
    """A home in which there is no desk yet."""
    (tmp_path / "home").mkdir()
    return SeatedDesk(tmp_path / "home", in_this_process)


@pytest.mark.parametrize("example", sorted(examples().keys() - ENDLESS))
def test_an_example_does_what_it_shows(desk: SeatedDesk, new_desk: SeatedDesk, example: str):
    before = AT_FIRST.get(examples()[example])
    used = desk if before is None else new_desk
    for line in [*(before or ()), *BEFORE.get(example, ())]:
        used(f"{line} -q")

    succeeds(example, used)


@pytest.mark.parametrize("example", of_topics())
def test_an_example_of_a_topic_does_what_it_shows(desk: SeatedDesk, example: str):
    succeeds(example, desk)


def test_the_tables_tell_of_examples_that_there_are():
    told = {*BEFORE, *TYPED, *EDITED, *ENDLESS}

    assert told - examples().keys() == set()


@pytest.mark.parametrize("example", sorted(ENDLESS))
def test_an_endless_example_shows_something_until_ctrl_c(desk: SeatedDesk, example: str):
    child = Desk(desk.home, in_a_process).spawn(example.removeprefix("tix "))
    desk("note 12 -m 'Something new.'", env={"TIX_NOW": ""})
    child.expect('"kind":"noted"')
    child.sendintr()

    assert finish(child).code == 130


def succeeds(example: str, desk: SeatedDesk) -> None:
    """Run an *example*, and expect that it ends well and has found something."""
    for tool in TOOLS:
        if re.search(rf"\b{tool}\b", example) and not shutil.which(tool):
            pytest.skip(f"there is no {tool}")
    typed, script = TYPED.get(example, ""), EDITED.get(example)
    env = AROUND | (editor(desk, script) if script else {})
    is_seated = bool(typed or script)
    # fzf asks the terminal that a process has of its own.
    if FOR_A_SHELL.search(example) or "fzf" in example:
        result = in_a_shell(example, desk, env, typed, is_seated=is_seated)
    else:
        result = desk.run(example.removeprefix("tix"), input=typed, env=env, tty=is_seated)

    assert result.code == 0, result
    assert not FOUND_NOTHING.search(result.stderr or result.stdout), result


def in_a_shell(
    example: str, desk: Desk, env: dict[str, str], typed: str, *, is_seated: bool
) -> Result:
    """Run *example* in bash, in which ``tix`` is the command."""
    tool = desk.home / "bin" / "tix"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {sys.executable} -m tix "$@"\n')
    tool.chmod(0o755)
    words = ["-e", "-o", "pipefail", "-c", example]
    env = desk.env | env | {"PATH": f"{tool.parent}:{os.environ['PATH']}"}
    if is_seated:
        child: pexpect.spawn[str] = pexpect.spawn(
            "bash", words, env=env, cwd=str(desk.home), dimensions=SIZE, encoding="utf-8"
        )
        return finish(child, typed.encode())
    done = subprocess.run(
        ["bash", *words], env=env, cwd=desk.home, capture_output=True, text=True, timeout=30,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return Result(done.stdout, done.stderr, done.returncode)
