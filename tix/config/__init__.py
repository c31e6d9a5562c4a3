"""The user's preferences: a flag, else the environment, else config.toml, else the default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from tix.config.file import line_of, parse, read_text
from tix.config.settings import SETTINGS as SETTINGS
from tix.config.settings import Setting, Value, setting_named, suggest_setting
from tix.errors import ConfigInvalid, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.config.places import StrPath


class Config(NamedTuple):
    """Every setting, and what is known about them.

    *origins* tells for each where it comes from: a flag, a variable, a file and line, or
    ``default``. *environ* is the environment that was read, for the variables that
    are not tix's own; *path* is where config.toml is or would be; *warnings* are sentences.
    """

    me: str | None
    timezone: str | None
    output: str
    color: str
    pager: str | None
    editor: str | None
    editor_time: str
    lock_timeout: float
    hooks: str
    sla_tag: str | None
    sla_notify: str | None
    origins: Mapping[str, str]
    environ: Mapping[str, str]
    path: str | None
    warnings: tuple[str, ...]

    def with_flags(self, **flags: Value | None) -> Config:
        """Return the settings with those that are not None put above.

        Raises:
            UsageError: One is not what its setting takes.
        """
        values, origins = self.values(), dict(self.origins)
        for name, given in flags.items():
            if given is not None:
                setting = setting_named(name)
                values[name] = _from_flag(setting, given)
                origins[name] = setting.flag
        return Config._make((*values.values(), origins, *self[len(values) + 1 :]))

    def values(self) -> dict[str, Value | None]:
        """Return the value of each setting by its name."""
        return {setting.name: getattr(self, setting.name) for setting in SETTINGS}


def load_config(environ: Mapping[str, str], path: StrPath | None) -> Config:
    """Return the settings of *environ* and of config.toml, if there is one at *path*.

    Raises:
        ConfigInvalid: The file is no TOML, or a value is not what its setting takes.
        PermissionRefused: The file cannot be read, or others may write to it.
    """
    known = {setting.name: setting for setting in SETTINGS}
    values = {name: setting.default for name, setting in known.items()}
    origins = dict.fromkeys(known, "default")
    warnings = []
    for layer in (_from_file(path), _from_environment(environ)):
        for name, (given, origin) in layer.items():
            if name not in known:
                warnings.append(f"{origin}: there is no setting {name!r}. {suggest_setting(name)}")
            elif (value := known[name].value(given, origin)) is not None:
                values[name], origins[name] = value, origin
    place = os.fspath(path) if path else None
    # The first members of a Config are the settings, in their order.
    return Config._make((*values.values(), origins, environ, place, tuple(warnings)))


def time_zone(config: Config, desk_zone: str | None) -> tzinfo:
    """Return the zone of the user, else of the desk, else of the system.

    Raises:
        UsageError: ``--tz`` names no zone.
        ConfigInvalid: Another place names no zone.
    """
    if config.timezone:
        return _zone(config.timezone, config.origins["timezone"])
    if desk_zone:
        return _zone(desk_zone, "the desk")
    system = config.environ.get("TZ")
    if system is not None:
        return _zone(_name_in(system.removeprefix(":")), "TZ")
    return _zone(_machine_zone(), "/etc/localtime")


def _from_file(path: StrPath | None) -> dict[str, tuple[object, str]]:
    """Return what config.toml sets, each with the file and line."""
    text = read_text(path) if path else ""
    if not path or not text:
        return {}
    return {
        name: (given, f"{path}:{line_of(name, text)}") for name, given in parse(text, path).items()
    }


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    """Return what *environ* sets, each with the name of the variable."""
    return {s.name: (environ[s.env], s.env) for s in SETTINGS if s.env in environ}


def _from_flag(setting: Setting, given: Value) -> Value:
    try:
        value = setting.value(given, setting.flag)
    except ConfigInvalid as error:
        raise UsageError(error.message, hint=error.hint) from None
    if value is None:
        raise UsageError(f"{setting.flag} is empty")
    return value


def _zone(name: str, origin: str) -> tzinfo:
    if name in ("", "UTC", "Etc/UTC"):  # without zoneinfo, which takes 4 ms to load
        return UTC
    from tix.domain.zone import zone_named

    try:
        return zone_named(name)
    except ConfigInvalid as error:
        kind = UsageError if origin.startswith("--") else ConfigInvalid
        raise kind(f"{origin}: {error.message}", hint=error.hint) from None


def _name_in(path: str) -> str:
    """Return the name of the zone at *path* in the system's collection, or a name as it is."""
    return path.rpartition("zoneinfo/")[2]


def _machine_zone() -> str:
    """Return the name of the zone that the machine is set to, nothing if it tells none."""
    try:
        link = os.readlink("/etc/localtime")
    except OSError:
        return ""
    return _name_in(link) if "zoneinfo/" in link else ""
