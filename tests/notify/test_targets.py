"""Targets of alerts: what each gets, and what is told of those that fail."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tix.errors import UsageError
from tix.notify.targets import Target, send, target

if TYPE_CHECKING:
    from pathlib import Path

LINES = ('{"id": 1}\n', '{"id": 2, "subject": "ä"}\n')
ENVIRON = {"PATH": os.environ["PATH"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("command:page 'the boss' $HOME", Target("command", ("page", "the boss", "$HOME"))),
        (" file:/tmp/a b ", Target("file", ("/tmp/a b",))),
        ("https://x.example/a?b=c", Target("https", ("https://x.example/a?b=c",))),
    ],
)
def test_a_target_says_of_what_kind_it_is(text: str, expected: Target):
    assert target(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "'' is no place to send alerts to"),
        ("mail:a@b.example", "'mail' is no place to send alerts to"),
        ("http://x.example/", "'http' is no place to send alerts to"),
        ("command: ", "'command:' is no place to send alerts to"),
        ("file:", "'file:' is no place to send alerts to"),
        ("command:say 'x", "the command has a quotation mark without its partner"),
        ("https:x", "'https' is no place to send alerts to"),
        ("https://", "a webhook is an address such as https://hooks.example.com/tix"),
        ("https://x y", "a webhook is an address such as https://hooks.example.com/tix"),
        ("https://a:b@x.example/", "a webhook has no name and password in its address"),
        ("https://x.example:port/", "the webhook is no address"),
    ],
)
def test_what_is_no_target_is_refused_without_its_secrets(text: str, told: str):
    with pytest.raises(UsageError) as refusal:
        target(text)

    assert refusal.value.message == told


def test_a_command_gets_the_alerts_on_stdin_and_no_shell_reads_it(tmp_path: Path):
    got = tmp_path / "got"
    program = f"import sys; open({str(got)!r}, 'w').write(sys.stdin.read() + sys.argv[1])"

    failure = send(Target("command", (sys.executable, "-c", program, "$(id)")), LINES, ENVIRON)

    assert failure == ""
    assert got.read_text("utf-8") == "".join(LINES) + "$(id)"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("/nowhere/page",), "cannot be run: No such file or directory"),
        (("sh", "-c", "exit 3"), "failed with exit code 3"),
        (("sh", "-c", "kill -9 $$"), "was ended by signal 9"),
        (("sleep", "9"), "took longer than 0.05 s and was ended"),
        (("a\0b",), "cannot be run: embedded null byte"),
    ],
)
def test_a_command_that_fails_is_told(words: tuple[str, ...], told: str):
    assert send(Target("command", words), LINES, ENVIRON, limit_s=0.05) in (
        told,
        "took longer than 0.05 s and was ended",
    )


def test_a_file_gets_the_alerts_behind_what_it_has(tmp_path: Path):
    file = tmp_path / "alerts.jsonl"

    for _ in range(2):
        assert send(Target("file", (str(file),)), LINES, {}) == ""

    assert file.read_text("utf-8") == "".join(LINES) * 2
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path):
    assert send(Target("file", ("/nowhere/x",)), LINES, {}) == (
        "cannot be opened: No such file or directory"
    )
    assert send(Target("file", (str(tmp_path),)), LINES, {}) == "cannot be opened: Is a directory"
    assert send(Target("file", ("/dev/full",)), LINES, {}) == (
        "cannot be written: No space left on device"
    )


def test_a_pipe_that_nobody_reads_does_not_hold_it_up(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    assert send(Target("file", (str(tmp_path / "pipe"),)), LINES, {}).startswith("cannot be opened")


def test_a_target_in_a_warning_does_not_show_what_may_be_secret():
    kinds = ("command", "file", "https")

    assert [str(Target(kind, ("secret",))) for kind in kinds] == [
        "the command",
        "the file",
        "the webhook",
    ]


def test_a_webhook_of_this_machine_is_refused():
    line = json.dumps(
        {"id": 1, "state": "breached", "priority": "high", "clock": "x", "subject": ""}
    )

    assert send(target("https://127.0.0.1:9/"), [line], {}) == (
        "was refused: 127.0.0.1 is no public address"
    )
