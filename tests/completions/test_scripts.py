"""The scripts as files: up to date, whole, and without a mistake that a checker finds."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import click
import pytest

from scripts.completions import PAGES
from scripts.places import tree
from tests.commandline import ROOT
from tests.completions.shells import SCRIPTS
from tix.cli import SYNONYMS, cli
from tix.complete import KINDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS = {
    "bash": ["bash", "-n"],
    "zsh": ["zsh", "-n"],
    "fish": ["fish", "--no-execute"],
    "shellcheck": ["shellcheck", "--severity=style"],
}


def visible(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield the names of options, and of the commands below, with theirs."""
    for param in command.get_params(context):
        if isinstance(param, click.Option) and not param.hidden:
            yield from (*param.opts, *param.secondary_opts)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield name
                yield from visible(below, click.Context(below, context, name))


@pytest.mark.parametrize("path", PAGES)
def test_what_is_written_is_up_to_date(path: str):
    assert PAGES[path]() == (ROOT / path).read_text("utf-8"), "run scripts/docs"


def sources() -> Iterator[str]:
    """Yield where the values of every option and argument come from."""
    everywhere, places = tree()
    yield from (entry.source for entry in everywhere)
    for place in places:
        yield from (entry.source for entry in place.options)
        yield from (source.removesuffix("...") for source in place.arguments)


def test_whatever_is_asked_for_is_answered():
    kinds = {kind for source in sources() if source[:1] != ":" for kind in source.split("+")}
    kinds |= {kind for source in words()["terms"].values() for kind in source.split("+")}

    assert kinds - KINDS.keys() - words()["words"].keys() == {"", "-", "file", "folder", "line"}


def test_the_words_of_a_choice_need_no_quotes():
    choices = [source for source in sources() if source[:1] == ":"]

    assert [source for source in choices if not re.fullmatch(r":[\w,-]+", source)] == []


@pytest.mark.parametrize("file", SCRIPTS.values())
def test_every_visible_command_and_option_occurs(file: str):
    words = set(re.findall(r"[\w-]+", (ROOT / "completions" / file).read_text("utf-8")))

    assert set(visible(cli, click.Context(cli, **cli.context_settings))) - words == set()
    assert SYNONYMS.keys() - words == set()


@pytest.mark.parametrize("tool", CHECKS)
def test_a_checker_finds_nothing(tool: str):
    if shutil.which(tool) is None:
        pytest.skip(f"there is no {tool}")
    script = ROOT / "completions" / SCRIPTS.get(tool, "tix.bash")
    done = subprocess.run(
        [*CHECKS[tool], script],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize(
    ("file", "packed"), [("tix.bash", "tix"), ("_tix", "_tix"), ("tix.fish", "tix.fish")]
)
def test_the_package_has_the_same_scripts(file: str, packed: str):
    packed_file = ROOT / "tix" / "completions" / packed

    assert (ROOT / "completions" / file).read_bytes() == packed_file.read_bytes()


def test_a_wheel_gets_everything_in_the_folder_of_completions():
    from configparser import ConfigParser

    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    data = config["options.data_files"]

    assert "completions/*" in config["options.package_data"]["tix"].split()
    assert {path: data[path].strip() for path in data if "man" not in path} == {
        "share/bash-completion/completions": "tix/completions/tix",
        "share/zsh/site-functions": "tix/completions/_tix",
        "share/fish/vendor_completions.d": "tix/completions/tix.fish",
    }
