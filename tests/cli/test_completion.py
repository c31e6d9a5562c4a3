from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told
from tests.commandline import ROOT
from tix.cli.completion import OURS, SHELLS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk

PLACES = {
    "bash": ".local/share/bash-completion/completions/tix",
    "zsh": ".local/share/zsh/site-functions/_tix",
    "fish": ".config/fish/completions/tix.fish",
}
ADVICE = {
    "bash": "new shells have it where bash-completion is installed; elsewhere put this line into "
    "~/.bashrc:\n  source {home}/.local/share/bash-completion/completions/tix\n",
    "zsh": "put this line into ~/.zshrc, above compinit:\n"
    "  fpath=({home}/.local/share/zsh/site-functions $fpath)\n",
    "fish": "new shells have it\n",
}


def script(shell: str) -> str:
    return (ROOT / "tix" / "completions" / SHELLS[shell].file).read_text("utf-8")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_shown(run: Desk, shell: str):
    printed = run(f"completion show {shell}")

    assert printed == script(shell)
    assert OURS in printed[:1000]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_put_where_the_shell_finds_it(run: Desk, shell: str):
    place = run.home / PLACES[shell]
    result = run.run(f"completion install {shell}")

    assert (result.stdout, result.code) == (f"{place}\n", 0)
    assert result.stderr == ADVICE[shell].format(home=run.home)
    assert place.read_text("utf-8") == script(shell)


def test_without_a_name_it_is_the_users_own_shell(run: Desk):
    fish = {"SHELL": "/usr/bin/fish"}

    assert run("completion show", env=fish) == script("fish")
    assert run("completion install", env=fish) == f"{run.home / PLACES['fish']}\n"


@pytest.mark.parametrize(
    ("shell", "message"),
    [("/bin/tcsh", "there are no completions for 'tcsh'"), ("", "which shell is not clear")],
)
def test_a_shell_that_is_not_known_is_refused(run: Desk, shell: str, message: str):
    refusal = told(message, "Name one of bash, zsh, fish.")

    assert error(run, "completion install", 2, env={"SHELL": shell}) == refusal


def test_the_folders_of_the_user_are_honoured(run: Desk, tmp_path: Path):
    env = {"XDG_DATA_HOME": str(tmp_path / "d"), "XDG_CONFIG_HOME": str(tmp_path / "c")}

    assert run("completion install zsh", env=env) == f"{tmp_path}/d/zsh/site-functions/_tix\n"
    assert run("completion install fish", env=env) == f"{tmp_path}/c/fish/completions/tix.fish\n"
    relative = {"XDG_DATA_HOME": "here", "HOME": str(tmp_path)}
    assert run("completion install bash", env=relative) == f"{tmp_path / PLACES['bash']}\n"


def test_without_a_home_there_is_no_place(run: Desk):
    assert error(run, "completion install bash", 73, env={"HOME": ""}) == told(
        "no place for completions: neither HOME nor XDG_DATA_HOME is set",
        "tix completion show prints the script.",
    )


def test_a_dry_run_writes_nothing(run: Desk):
    place = run.home / PLACES["zsh"]
    result = run.run("completion install zsh --dry-run")

    assert (result.stdout, result.stderr) == (f"{place}\n", f"would: write {place}\n")
    assert not (run.home / ".local").exists()


def test_a_second_time_there_is_nothing_to_write(run: Desk):
    run("completion install fish")
    result = run.run("completion install fish --json")

    assert json.loads(result.stdout) == {
        "schema": "tix.completion/1",
        "path": str(run.home / PLACES["fish"]),
        "written": False,
        "dry_run": False,
    }
    assert result.stderr == "it is there already\nnew shells have it\n"


def test_an_older_script_of_ours_is_replaced(run: Desk):
    place = run.home / PLACES["bash"]
    run("completion install bash")
    place.write_text(f"# Completion, {OURS}.\n")
    run("completion install bash")

    assert place.read_text("utf-8") == script("bash")


def test_what_is_not_ours_is_kept_unless_forced(run: Desk):
    place = run.home / PLACES["bash"]
    place.parent.mkdir(parents=True)
    place.write_text("mine\n")
    refusal = told(f"{place} is not from tix", "Move it away, or write over it with --force.")

    assert error(run, "completion install bash", 5) == refusal
    assert error(run, "completion install bash --dry-run", 5) == refusal
    assert place.read_text("utf-8") == "mine\n"
    run("completion install bash --force")
    assert place.read_text("utf-8") == script("bash")


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_link_or_a_folder_is_not_ours(run: Desk, kind: str):
    place = run.home / PLACES["fish"]
    place.parent.mkdir(parents=True)
    if kind == "link":
        place.symlink_to(run.home / "elsewhere")
    else:
        place.mkdir()

    assert error(run, "completion install fish", 5).startswith(f"{place} is not from tix")
    assert not (run.home / "elsewhere").exists()


def test_alone_it_says_what_there_is(run: Desk):
    assert "install, show" in run.run("completion").stderr


def clicks(run: Desk, line: str, **env: str) -> list[str]:
    """Return what Click's own script for bash would offer behind *line*."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return run([], env={"_TIX_COMPLETE": "bash_complete", **words, **env}).split()


def test_clicks_own_script_still_works(run: Desk):
    assert "_TIX_COMPLETE=bash_complete" in run([], env={"_TIX_COMPLETE": "bash_source"})
    assert clicks(run, "tix rem") == []
    assert clicks(run, "tix resol") == ["plain,resolve"]
    assert clicks(run, "tix list --una") == ["plain,--unassigned"]
    assert clicks(run, "tix list -o jsonl") == ["plain,jsonl"]


def test_clicks_own_script_knows_what_the_desk_holds(run: Desk):
    run("new Refund -t billing -a alice -y")

    assert clicks(run, "tix tag 1 bil") == ["plain,billing"]
    assert clicks(run, "tix show @l") == ["plain,@last"]
    assert clicks(run, "tix schema ticket_l") == ["plain,ticket_list"]
    assert clicks(run, "tix tag 1 bil", TIX_DB="/nowhere") == []
    desk = str(run.home / "desk")
    assert clicks(run, f"tix --db {desk} tag 1 bil", TIX_DB="/nowhere") == ["plain,billing"]
    assert clicks(run, f"tix tag --db {desk} 1 bil", TIX_DB="/nowhere") == ["plain,billing"]
