"""What a user can prefer: the one table behind config.toml, the environment and the docs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tix.errors import ConfigInvalid, UsageError
from tix.record import NamedTuple

Value = str | float

_DAY_S = 86_400


class Setting(NamedTuple):
    """One preference: its place in config.toml, and the variable and flag that stand above it.

    Empty text is the same as nothing, unless *may_be_empty*. *check* refuses text that would
    fail in use; it may be slow, so it is asked when a value is set and not when it is read.
    """

    name: str
    type: Literal["text", "seconds"]
    default: Value | None
    help: str
    env: str
    flag: str = ""
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False
    check: Callable[[str], object] | None = None

    def value(self, given: object, origin: str = "") -> Value | None:
        """Return what *given*, a TOML value or text, means; None if it is the same as nothing.

        *origin* is where it stands.

        Raises:
            ConfigInvalid: It is not what this setting takes.
        """
        if self.type == "seconds":
            fitting: Value | None = _seconds(given)
        else:
            fitting = self._text(given)
        if fitting is None:
            place = f"{origin}: " if origin else ""
            raise ConfigInvalid(
                f"{place}{self.name} must be {self.expected}, not {_quoted(given)}",
                hint=_suggestion(given, self.choices),
            )
        return None if fitting == "" and not self.may_be_empty else fitting

    @property
    def expected(self) -> str:
        """What a value has to be, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return "a line of text" if self.type == "text" else f"a number from 0 to {_DAY_S}"

    def _text(self, given: object) -> str | None:
        if isinstance(given, bool) and self.choices:
            given = str(given).lower()
        if not isinstance(given, str) or not given.isprintable():
            return None
        text = given.strip()
        if not self.choices or not text:
            return text
        return text.casefold() if text.casefold() in self.choices else None


def setting_named(name: str) -> Setting:
    """Return the setting of this name.

    Raises:
        UsageError: There is none.
    """
    for setting in SETTINGS:
        if setting.name == name:
            return setting
    raise UsageError(f"there is no setting {_quoted(name)}", hint=suggest_setting(name))


def suggest_setting(name: str) -> str:
    """Return a sentence with the setting that *name* was most likely meant to be, or with all."""
    names = tuple(setting.name for setting in SETTINGS)
    return _suggestion(name, names) or f"The settings are {', '.join(names)}."


def _seconds(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    try:
        seconds = float(given)
    except (OverflowError, ValueError):
        return None
    if not 0 <= seconds <= _DAY_S:
        return None
    return int(seconds) if seconds.is_integer() else seconds


def _quoted(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    text = repr(given) if isinstance(given, str) else str(given)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _suggestion(given: object, known: tuple[str, ...]) -> str:
    from tix.domain.nearest import nearest

    guess = nearest(given, known) if isinstance(given, str) else None
    return f"Did you mean '{guess}'?" if guess else ""


def _zone(name: str) -> None:
    from tix.domain.zone import zone_named

    zone_named(name)


def _command(text: str) -> None:
    from shlex import split

    try:
        split(text)
    except ValueError:
        raise ConfigInvalid(f"{_quoted(text)} has a quotation mark without its partner") from None


SETTINGS = (
    Setting(
        "me",
        "text",
        None,
        "Who you are: the agent that acts; without it, your login name.",
        "TIX_USER",
        "--actor",
    ),
    Setting(
        "timezone",
        "text",
        None,
        "The zone in which you read and write times; without it, the desk's, then the system's.",
        "TIX_TZ",
        "--tz",
        check=_zone,
    ),
    Setting(
        "output",
        "text",
        "table",
        "The format on a terminal; what a script reads never depends on it.",
        "TIX_OUTPUT",
        "--output",
        choices=("table", "plain", "tsv", "csv", "json", "jsonl", "ids", "md"),
    ),
    Setting(
        "color",
        "text",
        "auto",
        "Colour: on a terminal (auto), always or never.",
        "TIX_COLOR",
        "--color",
        choices=("auto", "always", "never"),
    ),
    Setting(
        "pager",
        "text",
        None,
        "The command that shows what is taller than the screen; empty or cat for none; "
        "without it, $PAGER, then less.",
        "TIX_PAGER",
        "--no-pager",
        may_be_empty=True,
        check=_command,
    ),
    Setting(
        "editor",
        "text",
        None,
        "The command that edits a text; without it, $VISUAL, then $EDITOR, then vi.",
        "TIX_EDITOR",
        check=_command,
    ),
    Setting(
        "editor_time",
        "text",
        "true",
        "Whether the time that a reply or note is in the editor counts as spent on its ticket.",
        "TIX_EDITOR_TIME",
        choices=("true", "false"),
    ),
    Setting(
        "lock_timeout",
        "seconds",
        10,
        "How many seconds a change waits for another one to end.",
        "TIX_LOCK_TIMEOUT",
        "--lock-timeout",
    ),
    Setting(
        "hooks",
        "text",
        "false",
        "Whether what is committed is told to the hooks beside config.toml: true or false.",
        "TIX_HOOKS",
        choices=("false", "true"),
    ),
    Setting(
        "sla_tag",
        "text",
        None,
        "The tag that tix-sla --flag puts on tickets with a broken promise.",
        "TIX_SLA_TAG",
        "--tag",
    ),
    Setting(
        "sla_notify",
        "text",
        None,
        "Where tix-sla --new sends alerts: command:..., file:... or https://...",
        "TIX_SLA_NOTIFY",
        "--notify",
    ),
)
