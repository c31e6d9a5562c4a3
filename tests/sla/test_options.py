"""The options of ``tix-sla``: what the line means, and that all who read the table agree."""

from __future__ import annotations

import re
from datetime import timedelta

import click
import pytest

from tix.cli.checker import command
from tix.errors import UsageError
from tix.record import members
from tix.sla.options import FORMATS, OPTIONS, Line, parse
from tix.sla.page import text


def test_what_is_not_given_has_its_default():
    assert parse([]) == Line()
    assert not parse(["--exit-zero", "--status", "all"]).writes
    assert parse(["--every", "5m"]).writes


def test_values_stand_behind_a_blank_or_an_equals_sign():
    line = parse(["--within=90m", "--clock", "first,next", "-o", "JSON", "--timeout", "5", "-q"])

    assert (line.warn_before, line.clock, line.format, line.timeout, line.quiet) == (
        timedelta(minutes=90),
        ("first", "next"),
        "json",
        timedelta(seconds=5),
        True,
    )
    assert parse(["--clock", "all"]) == Line()
    assert parse(["--notify", "file:a", "--notify", "file:b"]).notify == ("file:a", "file:b")
    assert parse(["--close-after", "7d"]).close_after == 7


def test_words_are_the_query_and_two_dashes_end_the_options():
    assert parse(["check", "prio:high..", "-q", "--", "--new"]).words == ("prio:high..", "--new")
    assert parse(["-"]).words == ("-",)


@pytest.mark.parametrize(
    ("words", "told", "hint"),
    [
        (["--flga"], "no such option '--flga'", "Did you mean '--flag'?"),
        (["-x"], "no such option '-x'", "tix-sla --help lists the options"),
        (["--new=1"], "--new takes no value", ""),
        (["--db"], "--db needs a value", "--db DIR"),
        (["--db", ""], "--db is empty", ""),
        (
            ["--format", "jsno"],
            "--format: 'jsno' is not one of text, nagios, json, jsonl, tsv, ids, prometheus",
            "Did you mean 'json'?",
        ),
        (
            ["--status", "?"],
            "--status: '?' is not one of at-risk, breached, all",
            "",
        ),
        (["--timeout", "0"], "--timeout: '0' is no time at all", ""),
        (["--close-after", "0"], "--close-after: '0' is no number of days", ""),
        (["--close-after", "x"], "--close-after: 'x' is no number of days", ""),
    ],
)
def test_what_means_nothing_is_refused(words: list[str], told: str, hint: str):
    with pytest.raises(UsageError) as refusal:
        parse(words)

    assert (refusal.value.message, refusal.value.hint) == (told, hint)


def test_each_option_has_its_member_and_its_line_of_help():
    page = text()

    assert {option.member for option in OPTIONS} == members(Line).keys() - {"words"}
    for option in OPTIONS:
        for name in option.names:
            assert re.search(rf"^  .*{re.escape(name)}\b", page, re.MULTILINE), name
        assert option.help in page
    assert max(map(len, page.splitlines())) <= 100


def test_manuals_and_completions_see_the_same_options():
    made = command()
    context = click.Context(made)
    params = [param for param in made.get_params(context) if isinstance(param, click.Option)]

    assert [tuple(param.opts) for param in params] == [option.names for option in OPTIONS]
    formats = next(param for param in params if "--format" in param.opts)
    assert isinstance(formats.type, click.Choice)
    assert tuple(formats.type.choices) == FORMATS
