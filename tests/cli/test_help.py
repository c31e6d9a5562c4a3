from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from tests.cli.tree import leaves
from tests.commandline import ROOT
from tix.cli import COMMANDS, SYNONYMS, cli
from tix.cli.topics import TOPICS
from tix.cli.topics.environment import FOLDERS, OTHERS, OWN
from tix.cli.topics.output import MEANING
from tix.config import SETTINGS
from tix.domain.query import FIELDS, STATES
from tix.domain.status import NEXT
from tix.errors import ExitCode
from tix.output import FORMATS
from tix.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commandline import Desk


def commands() -> Iterator[str]:
    """Yield each command that there is, those of groups by two words."""
    context = click.Context(cli)
    for name in COMMANDS:
        found = cli.get_command(context, name)
        yield name
        if isinstance(found, click.Group):
            yield from (f"{name} {word}" for word in found.commands)


@pytest.mark.parametrize("topic", TOPICS)
def test_no_topic_is_wider_than_80_columns(run: Desk, topic: str):
    lines = run(f"help {topic}").splitlines()

    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("query", [*FIELDS, *STATES]),
        ("states", [status.value for status in NEXT]),
        ("exit-codes", [str(code.value) for code in ExitCode]),
        ("environment", [setting.env for setting in SETTINGS]),
        ("output", list(FORMATS)),
        ("reports", list(REPORTS)),
        ("synonyms", [*SYNONYMS.values(), "organisation"]),
    ],
)
def test_a_topic_tells_all_there_is(run: Desk, topic: str, words: list[str]):
    firsts = {line.split()[0] for line in run(f"help {topic}").splitlines() if line[:1] == " "}

    assert set(words) - firsts == set()


def test_the_table_of_moves_is_printed(run: Desk):
    moves = run("help states").partition("Moves")[2]

    for status, following in NEXT.items():
        line = next(line for line in moves.splitlines() if line.split()[:1] == [status.value])
        told = line.split(maxsplit=1)[1]
        assert told == (", ".join(following) or "what it was before")


def test_every_variable_that_tix_reads_is_told():
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "tix").rglob("*.py"))
    told = {name for name, _ in OWN} | {setting.env for setting in SETTINGS}

    assert set(re.findall(r"\bTIX_[A-Z_]+", sources)) == told
    assert all(
        name in sources
        for names, _ in (*OTHERS, *FOLDERS)
        for name in names.split(", ")
        if name != "LESS"
    )


def test_every_format_is_told():
    assert list(MEANING) == list(FORMATS)


def test_examples_of_dates_are_read_as_they_stand(run: Desk):
    assert "  eow +2bd                Tue 2026-12-01 17:00 CET (in 9 d 21 h)\n" in run("help dates")


@pytest.mark.parametrize("words", [*commands(), *SYNONYMS])
def test_every_command_is_explained(run: Desk, words: str):
    page = run(f"help {words}")

    if words not in TOPICS:
        name = SYNONYMS.get(words, words)
        assert page.startswith(f"Usage: tix {name} ")
        assert page == run([*name.split(), "-h"])


@pytest.mark.parametrize("words", sorted(set(commands()) - TOPICS.keys()))
def test_a_help_page_has_one_sentence_first(run: Desk, words: str):
    purpose = " ".join(run(f"help {words}").split("\n\n")[1].split())

    assert re.fullmatch(r"[A-Z].*\.", purpose)
    assert ". " not in purpose


@pytest.mark.parametrize("words", [words for name in COMMANDS for words in leaves(name)])
def test_a_help_page_has_two_to_four_examples(run: Desk, words: str):
    examples = run([*words.split(), "-h"]).partition("\nExamples:\n")[2].splitlines()

    assert 2 <= len(examples) <= 4
    assert max(map(len, examples)) <= 90


@pytest.mark.parametrize("name", [name for name in commands() if " " not in name])
def test_the_summary_of_a_command_is_its_own(name: str):
    found = cli.get_command(click.Context(cli), name)

    assert found is not None
    assert found.help is not None
    assert found.help.partition("\n")[0] == COMMANDS[name].summary


def test_help_alone_is_the_first_page_and_the_topics(run: Desk):
    page = run("help")

    assert page.startswith(run("--help").rstrip())
    assert all(f"  {topic}" in page for topic in TOPICS)


def test_the_first_page_fits_on_a_screen(run: Desk):
    lines = run("--help").splitlines()

    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_help_for_all_names_every_command_topic_and_synonym(run: Desk):
    page = run("help --all")

    names = {line[2:].split("  ")[0] for line in page.splitlines() if line.startswith("  ")}
    groups = {words.split()[0] for words in commands() if " " in words}
    assert set(commands()) - groups - names == set()
    assert TOPICS.keys() - names == set()
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("help repyl", "no command or topic 'repyl'", "Did you mean 'reply'?"),
        ("help qery", "no command or topic 'qery'", "Did you mean 'query'?"),
        ("help customer lst", "no command or topic 'customer lst'", "Did you mean 'list'?"),
        ("help zzz", "no command or topic 'zzz'", "tix help --all lists commands and topics"),
    ],
)
def test_an_unknown_word_suggests_the_nearest(run: Desk, line: str, message: str, hint: str):
    result = run.run(line)

    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == f"tix: error: {message}\nhint: {hint}\n"


def test_a_long_page_goes_through_the_pager(tix: Desk):
    assert tix("help query", tty=True, env={"TIX_PAGER": "head -1"}).startswith("A query is a row")
