"""Changes to config.toml that keep its comments and order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.config import load_config
from tix.config.file import parse, read_text, write_text
from tix.config.settings import setting_named
from tix.errors import ConfigInvalid, UsageError

if TYPE_CHECKING:
    from tix.config.places import StrPath
    from tix.config.settings import Value


def set_value(path: StrPath, name: str, text: str) -> Value:
    """Write the setting *name* with the value that *text* means, and return the value.

    Raises:
        UsageError: There is no such setting, or *text* is nothing for it.
        ConfigInvalid, PermissionRefused, CannotCreate, IOFailed: The file cannot be changed.
    """
    from tomlkit import loads

    value = _checked(name, text)
    before = read_text(path)
    expected = {**parse(before, path), name: value}
    document = loads(before)
    document[name] = value
    _write(path, document.as_string(), expected)
    return value


def unset_value(path: StrPath, name: str) -> bool:
    """Take *name* out of the file, be it a setting or not; return whether it was there.

    Raises:
        UsageError: It is neither a setting nor in the file.
        ConfigInvalid, PermissionRefused, CannotCreate, IOFailed: The file cannot be changed.
    """
    before = read_text(path)
    expected = parse(before, path)
    if name not in expected:
        setting_named(name)
        return False
    from tomlkit import loads

    document = loads(before)
    del document[name], expected[name]
    _write(path, document.as_string(), expected)
    return True


def checked(path: StrPath) -> tuple[str, ...]:
    """Return the warnings of the file at *path*, if all that it sets would work.

    Raises:
        ConfigInvalid: Something would not.
    """
    config = load_config({}, path)
    for name, value in config.values().items():
        check = setting_named(name).check
        if check and isinstance(value, str):
            try:
                check(value)
            except ConfigInvalid as error:
                place = f"{config.origins[name]}: {error.message}"
                raise ConfigInvalid(place, hint=error.hint) from None
    return config.warnings


def _checked(name: str, text: str) -> Value:
    setting = setting_named(name)
    try:
        value = setting.value(text)
        if isinstance(value, str) and setting.check:
            setting.check(value)
    except ConfigInvalid as error:
        raise UsageError(error.message, hint=error.hint) from None
    if value is None:
        raise UsageError(f"{name} cannot be empty", hint=f"Run: tix config unset {name}")
    return value


def _write(path: StrPath, text: str, expected: dict[str, object]) -> None:
    """Write *text*, unless it does not say what is *expected*: then the library has erred."""
    if parse(text, path) != expected:
        raise AssertionError(f"{path} would have been damaged")
    write_text(path, text)
