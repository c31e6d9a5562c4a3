"""The options of ``tix-sla``: one table for the reader here, for help, manual and completion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from tix.domain.span import parse_span
from tix.errors import UsageError
from tix.record import Record

CHECK, ACT, TELL, WHERE = "What is checked", "What is done", "What is told", "Where and when"
CLOCKS = ("first", "next", "update", "resolution", "promise", "all")
STATUSES = ("at-risk", "breached", "all")
FORMATS = ("text", "nagios", "json", "jsonl", "tsv", "ids", "prometheus")


class Option(Record):
    """An option that the line may have, by any of its names; without *metavar* it is a flag."""

    names: tuple[str, ...]
    help: str
    section: str
    metavar: str = ""
    read: Callable[[str], Any] = str
    choices: tuple[str, ...] = ()
    is_repeatable: bool = False

    @property
    def member(self) -> str:
        """The name of its value."""
        return self.names[0].removeprefix("--").replace("-", "_")


class Line(Record):
    """A command line as it was meant."""

    words: tuple[str, ...] = ()
    warn_before: timedelta | None = None
    clock: tuple[str, ...] = CLOCKS[:-1]
    status: str = "all"
    new: bool = False
    remind_every: timedelta | None = None
    flag: bool = False
    tag: str = ""
    escalate: bool = False
    wake: bool = False
    close_after: int | None = None
    format: str = "text"
    to: str | None = None
    notify: tuple[str, ...] = ()
    exit_zero: bool = False
    quiet: bool = False
    db: str | None = None
    now: str | None = None
    tz: str | None = None
    allow_missing: bool = False
    timeout: timedelta = timedelta(seconds=60)
    lock_timeout: timedelta | None = None
    every: timedelta | None = None
    heartbeat: str | None = None
    debug: bool = False
    version: bool = False
    help: bool = False

    @property
    def writes(self) -> bool:
        """Whether it is told to change anything."""
        kept = self.close_after is not None or self.every is not None
        return self.new or self.flag or self.escalate or self.wake or kept


def length(text: str) -> timedelta:
    """Return a length of time; a bare number is seconds.

    Raises:
        BadDate: It is none.
    """
    return parse_span(f"{text}s" if text.isascii() and text.isdigit() else text)


def some_time(text: str) -> timedelta:
    """Return a length of time that is more than none.

    Raises:
        UsageError: It is none.
    """
    found = length(text)
    if not found:
        raise UsageError(f"{text!r} is no time at all")
    return found


def days(text: str) -> int:
    """Return a number of days.

    Raises:
        UsageError: It is none.
    """
    digits = text.removesuffix("d")
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:6]) <= 36_500):
        raise UsageError(f"{text!r} is no number of days")
    return int(digits)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.casefold() in choices:
            return text.casefold()
        from tix.domain.nearest import nearest

        guess = nearest(text, choices)
        hint = f"Did you mean {guess!r}?" if guess else ""
        raise UsageError(f"{text!r} is not one of {', '.join(choices)}", hint=hint)

    return read


def _clocks(text: str) -> tuple[str, ...]:
    read = _one_of(CLOCKS)
    names = [read(name.strip()) for name in text.split(",")]
    return CLOCKS[:-1] if "all" in names else tuple(dict.fromkeys(names))


OPTIONS = (
    Option(
        ("--warn-before", "--within"),
        "At risk is what has so much or less left; else as its level says.",
        CHECK,
        "DUR",
        length,
    ),
    Option(("--clock",), "Only these clocks.", CHECK, "A,B", _clocks, CLOCKS),
    Option(
        ("--status",), "Print only these; the exit code tells all.", CHECK, "WHICH",
        _one_of(STATUSES), STATUSES,
    ),
    Option(("--new",), "Only what was not told before.", CHECK),
    Option(
        ("--remind-every",), "With --new: tell it again after this time.", CHECK, "DUR", some_time
    ),
    Option(("--flag",), "Write each breach into its ticket's history, once.", ACT),
    Option(("--tag",), "With --flag: a tag for the tickets that are flagged.", ACT, "TAG"),
    Option(("--escalate",), "Take the steps of the levels' ladders, each once.", ACT),
    Option(("--wake",), "Bring back what was postponed until now.", ACT),
    Option(
        ("--close-after",), "Close what was resolved and quiet for so many days.", ACT, "DAYS", days
    ),
    Option(
        ("--format", "--output", "-o"),
        "text, nagios, json, jsonl, tsv, ids or prometheus.",
        TELL,
        "FMT",
        _one_of(FORMATS),
        FORMATS,
    ),
    Option(("--to",), "Write to a file, in one step, and not to stdout.", TELL, "FILE"),
    Option(
        ("--notify",),
        "Send what is new to command:..., file:... or https://... too.",
        TELL,
        "TARGET",
        is_repeatable=True,
    ),
    Option(("--exit-zero",), "End with 0 for 1 and 2, never for 3.", TELL),
    Option(("--quiet", "-q"), "Print nothing; the exit code tells.", TELL),
    Option(("--db",), "The desk's folder.", WHERE, "DIR"),
    Option(("--now",), "Check as of this ISO time.", WHERE, "TIME"),
    Option(("--tz",), "The time zone of what is printed.", WHERE, "ZONE"),
    Option(("--allow-missing",), "A desk that is not there is fine.", WHERE),
    Option(("--timeout",), "Give up after this time (60s).", WHERE, "DUR", some_time),
    Option(("--lock-timeout",), "Wait so long for who writes (10s).", WHERE, "DUR", length),
    Option(
        ("--every",), "How often cron runs this: the inbox tells if it stops.", WHERE, "DUR",
        some_time,
    ),
    Option(("--heartbeat",), "Write the time of each check to a file.", WHERE, "FILE"),
    Option(("--debug",), "Show a traceback for a bug.", WHERE),
    Option(("--version", "-V"), "Print the version.", WHERE),
    Option(("--help", "-h"), "Show this page.", WHERE),
)  # fmt: skip
_NAMED = {name: option for option in OPTIONS for name in option.names}


def parse(argv: Sequence[str]) -> Line:
    """Return what a command line means; ``check`` as its first word means nothing more.

    Raises:
        UsageError: An option is unknown, lacks its value, or cannot take what it got.
    """
    words: list[str] = []
    values: dict[str, Any] = {}
    left = [_utf8(word) for word in argv]
    while left:
        word = left.pop(0)
        if word == "--":
            words += left
            break
        if word.startswith("-") and word != "-":
            _take(word, left, values)
        else:
            words.append(word)
    return Line(tuple(words[1:] if words[:1] == ["check"] else words), **values)


def _take(word: str, left: list[str], values: dict[str, Any]) -> None:
    """Put the value of the option *word* into *values*, from the words *left* if it has one."""
    name, equals, inline = word.partition("=")
    option = _NAMED.get(name)
    if option is None:
        raise _unknown(name)
    if not option.metavar:
        if equals:
            raise UsageError(f"{name} takes no value")
        values[option.member] = True
        return
    if not equals and not left:
        raise UsageError(f"{name} needs a value", hint=f"{name} {option.metavar}")
    text = inline if equals else left.pop(0)
    if not text.strip():
        raise UsageError(f"{name} is empty")
    try:
        value = option.read(text)
    except UsageError as error:
        raise type(error)(f"{name}: {error.message}", hint=error.hint) from None
    if option.is_repeatable:
        value = (*values.get(option.member, ()), value)
    values[option.member] = value


def _unknown(name: str) -> UsageError:
    from tix.domain.nearest import nearest

    guess = nearest(name, [one for one in _NAMED if one.startswith("--")])
    hint = f"Did you mean {guess!r}?" if guess else "tix-sla --help lists the options"
    return UsageError(f"no such option {name!r}", hint=hint)


def _utf8(word: str) -> str:
    try:
        word.encode()
    except UnicodeEncodeError:
        raise UsageError("the arguments hold bytes that are not UTF-8") from None
    return word
