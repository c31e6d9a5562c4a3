"""Text of customers passes through three shells, and stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.completions.conftest import HOSTILE

if TYPE_CHECKING:
    from tests.completions.shells import Shell


@pytest.mark.parametrize("tag", HOSTILE)
def test_a_hostile_value_is_one_word_and_runs_nothing(trapped: Shell, tag: str):
    assert trapped.entered(f"tix tag 1 {tag[:3]}") == ["tag", "1", tag]
    assert not (trapped.home / "pwned").exists()


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("tag", [tag for tag in HOSTILE if {"$", "`", ";", "{", ":"} & {*tag}])
def test_a_hostile_value_stays_one_word_within_quotes(trapped: Shell, tag: str, quote: str):
    assert trapped.entered(f"tix tag 1 {quote}{tag[:3]}") == ["tag", "1", tag]
    assert not (trapped.home / "pwned").exists()


def test_hostile_names_and_addresses_are_one_word(trapped: Shell):
    assert trapped.entered("tix list -c hx") == ["list", "-c", "hx $(touch pwned) 'x'"]
    assert trapped.entered("tix new -c hy") == ["new", "-c", "hy`x`@x.com"]
    assert trapped.entered("tix list --customer=hx") == [
        "list",
        "--customer=hx $(touch pwned) 'x'",
    ]


@pytest.mark.parametrize("line", ["tix show ", "tix tag 1 h", "tix list tag:h", "tix list -c h"])
def test_a_list_of_hostile_texts_runs_nothing_and_steers_nothing(trapped: Shell, line: str):
    shown = trapped.listed(line)

    assert not (trapped.home / "pwned").exists()
    assert "\x1b[2J" not in shown
    assert "\x1b[31m" not in shown
    assert "hz-" not in shown
    assert "\u202e" not in shown


def test_a_hostile_subject_takes_one_line(trapped: Shell):
    shown = trapped.listed("tix show ")

    if trapped.name != "zsh":  # which writes a line again while it lists
        assert shown.count("[2J tab line `touch pwned` $(touch pwned)") >= 2
    assert "@next" in shown


@pytest.mark.parametrize(
    "line",
    ["tix show $(touch pwned) @l", "tix show `touch pwned` @l", "tix --db $(touch pwned) show @l"],
)
def test_what_stands_before_on_the_line_is_not_run(trapped: Shell, line: str):
    trapped.typed(line)

    assert not (trapped.home / "pwned").exists()
