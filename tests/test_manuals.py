"""The manual pages: up to date, whole, and read alike by groff and mandoc."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import click
import pytest

from scripts import roff
from scripts.manuals import PAGES
from tests.cli.tree import leaves
from tests.commandline import ROOT
from tix import __version__
from tix.cli import COMMANDS, cli
from tix.cli.topics import TOPICS
from tix.cli.topics.layout import Code, Columns, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

RENDERERS = {
    "groff": ["groff", "-man", "-Tutf8", "-P-cbou", "-rHY=0"],
    "mandoc": ["mandoc", "-Tutf8", "-Owidth=78"],
}
SECTIONS = (
    *("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXAMPLES"),
    *("EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"),
)
HOSTILE = (
    *(".sp begins a line", "'sp begins a line", r"C:\new\fBbold", r"a backslash at the end \\"),
    *("\"quoted\" 'twice'", "`date` ^C ~/desk a--b", "-x --json", "Ana Babić … 日本 🎉", "."),
)


def checked(command: Sequence[str], page: str) -> str:
    """Return what *command* prints of a page given to it, and says about it."""
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]}")
    done = subprocess.run(
        command,
        input=page,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def rendered(renderer: str, page: str) -> str:
    """Return the page as a terminal shows it, without bold and underline."""
    return re.sub(".\b", "", checked(RENDERERS[renderer], page))


def stored(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_what_is_written_is_up_to_date(path: str):
    assert PAGES[path]() == stored(path), "run scripts/docs"


def test_no_page_is_left_of_what_is_gone():
    assert {f"man/{file.name}" for file in (ROOT / "man").iterdir()} == PAGES.keys()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_ascii_with_the_version_and_no_date(path: str):
    page, number = PAGES[path](), path[-1]
    title = path.removeprefix("man/").partition(".")[0].upper().replace("-", r"\-")

    assert page.isascii()
    assert f'.TH "{title}" {number} "" "tix {__version__}" "tix manual"' in page.splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_a_command_has_its_sections_in_order(name: str):
    found = re.findall(r"^\.SH (.*)", PAGES[f"man/tix-{name}.1"](), re.MULTILINE)
    is_group = list(leaves(name)) != [name]

    assert found == [title for title in SECTIONS if title != ("OPTIONS", "COMMANDS")[not is_group]]


def test_the_page_of_the_program_has_all_sections():
    assert tuple(re.findall(r"^\.SH (.*)", PAGES["man/tix.1"](), re.MULTILINE)) == SECTIONS


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_a_command_tells_each_option_and_example(name: str):
    lines = set(PAGES[f"man/tix-{name}.1"]().splitlines())
    page = "\n".join(lines)

    for command in leaves(name).values():
        for param in command.params:
            if isinstance(param, click.Option) and not param.hidden:
                assert {roff.bold(word) in page for word in param.opts} == {True}, param.opts
        assert {roff.escaped(example) for example in getattr(command, "examples", ())} <= lines


def test_the_page_of_the_program_names_every_command_and_option():
    page = PAGES["man/tix.1"]()

    assert all(roff.bold(f"tix {name}") in page for name in COMMANDS)
    assert all(roff.bold(opt) in page for param in cli.params for opt in param.opts)


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_refers_to_is_there(path: str):
    links = re.findall(r"\\fB(tix[a-z\\-]*)\\fR\(([17])\)", PAGES[path]())

    assert links != []
    assert {f"man/{name.replace(chr(92), '')}.{n}" for name, n in links} - PAGES.keys() == set()


@pytest.mark.parametrize("path", PAGES)
def test_mandoc_has_no_objection(path: str):
    found = checked(["mandoc", "-Tlint"], PAGES[path]()).splitlines()

    # A date would make a page of the same program another one on another day.
    assert [line for line in found if "missing date" not in line] == []


@pytest.mark.parametrize("path", PAGES)
def test_groff_has_no_objection(path: str):
    assert checked(["groff", "-man", "-ww", "-z", "-Tutf8"], PAGES[path]()) == ""


@pytest.mark.parametrize("name", ["reply", "log", "new", "setup"])
@pytest.mark.parametrize("renderer", RENDERERS)
def test_an_example_can_be_copied_from_the_page(renderer: str, name: str):
    shown = {line.strip() for line in rendered(renderer, PAGES[f"man/tix-{name}.1"]()).splitlines()}

    for command in leaves(name).values():
        assert set(getattr(command, "examples", ())) <= shown


@pytest.mark.parametrize("renderer", RENDERERS)
def test_whatever_a_text_holds_is_shown_as_it_is(renderer: str):
    page = "\n".join(['.TH X 1 "" x', ".SH X", *roff.part(Code("\n".join(HOSTILE)))]) + "\n"
    shown = [line.strip() for line in rendered(renderer, page).splitlines()]

    assert [line for line in shown if line in HOSTILE] == list(HOSTILE)


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_prose_and_columns_are_shown_as_they_are(renderer: str, text: str):
    parts = (Columns([(text, "meaning"), ("word", text)]), Paragraph(text))
    lines = [line for part in parts for line in roff.part(part)]
    shown = rendered(renderer, "\n".join(['.TH X 1 "" x', ".SH X", *lines]) + "\n")

    assert shown.count(text) == 3


@pytest.mark.parametrize("topic", TOPICS)
def test_the_page_of_a_topic_begins_with_what_it_is_about(topic: str):
    lines = PAGES[f"man/tix-{topic}.7"]().splitlines()
    name = lines[lines.index(".SH NAME") + 1]

    assert name.startswith(rf"tix\-{roff.escaped(topic)} \- ")
    assert not name.endswith(".")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("tix reply [OPTIONS] ID", r"\fBtix\fR \fBreply\fR [\fIOPTIONS\fR] \fIID\fR"),
        ("-F, --file FILE", r"\fB\-F\fR, \fB\-\-file\fR \fIFILE\fR"),
        ("[FILE | list]", r"[\fIFILE\fR | \fBlist\fR]"),
        ("ID... AGENT", r"\fIID\fR... \fIAGENT\fR"),
        ("-L, --limit N  [x>=0]", r"\fB\-L\fR, \fB\-\-limit\fR \fIN\fR  [\fBx\fR>=0]"),
    ],
)
def test_a_usage_line_is_bold_where_it_is_typed(text: str, written: str):
    assert roff.usage(text) == written
