"""``tix config``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tix.cli.options import Group, option, subcommand
from tix.cli.params import Named
from tix.config.settings import SETTINGS, Setting, Value, setting_named
from tix.errors import CannotCreate, ConfigInvalid, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.cli.call import Call
    from tix.config import Config
    from tix.table import Card, Table

SETTING = Named("setting")


@click.group(cls=Group)
def config() -> None:
    """Read and set your own preferences."""


class _Row(NamedTuple):
    setting: Setting
    value: Value | None
    origin: str


@subcommand(config, "list", examples=("tix config list --show-origin", "tix config list --json"))
@option("--show-origin", is_flag=True, help="Where each value comes from.")
def list_(call: Call, *, show_origin: bool) -> None:
    """List every setting with its value."""
    call.show(_table(call.config, show_origin=show_origin), more=_table(call.config).columns)


@subcommand(config, "get", examples=("tix config get me", "tix config get editor --show-origin"))
@click.argument("name", type=SETTING)
@option("--show-origin", is_flag=True, help="Where the value comes from, before it.")
def get(call: Call, name: str, *, show_origin: bool) -> None:
    """Print the value of a setting."""
    row = _row(call.config, setting_named(name))
    words = [row.origin, _text(row)] if show_origin else [_text(row)]
    _print(call, "\t".join(words), _card(row))


@subcommand(
    config,
    "set",
    examples=("tix config set me alice", "tix config set editor 'code --wait'"),
)
@click.argument("name", type=SETTING)
@click.argument("value")
def set_(call: Call, name: str, value: str) -> None:
    """Write a setting into config.toml."""
    from tix.config.edit import set_value

    path = _path()
    written = set_value(path, name, value)
    call.say(f"{name} is {written!r} in {path}")
    variable = setting_named(name).env
    if os.environ.get(variable):
        call.warn(f"{variable} is set and stands above config.toml")


@subcommand(config, "unset", examples=("tix config unset editor", "tix config unset me"))
@click.argument("name", type=SETTING)
def unset(call: Call, name: str) -> None:
    """Take a setting out of config.toml."""
    from tix.config.edit import unset_value

    path = _path()
    call.say(f"{name} is {'no more' if unset_value(path, name) else 'not'} in {path}")


@subcommand(config, "edit", examples=("tix config edit", "tix config edit && tix config list"))
def edit(call: Call) -> None:
    """Edit config.toml; what would not work is not saved."""
    from tix.cli.editor import edit as edit_text
    from tix.config.edit import checked
    from tix.config.file import read_text, write_text

    instead = "Use tix config set NAME VALUE."
    if not call.may_ask:
        raise UsageError("no editor is opened with --no-input", hint=instead)
    path = _path()
    before = read_text(path) or _template()
    settings = _usable(call)
    with edit_text(before, settings, name="config", suffix=".toml", instead=instead) as draft:
        warnings = checked(draft.path)
        write_text(path, f"{draft.text}\n")
    for warning in warnings:
        call.warn(warning)
    call.say(f"saved {path}")


@subcommand(config, "path", examples=("tix config path", "cat $(tix config path)"))
def path(call: Call) -> None:
    """Print where config.toml is, or would be."""
    from pathlib import Path

    from tix.table import Card

    file = _path()
    exists = Path(file).exists()
    card = Card(
        name="config_path",
        title="config.toml",
        pairs=[("path", file)],
        fields=[("path", file), ("exists", exists)],
        record={"path": file, "exists": exists},
        ident=file,
    )
    _print(call, file, card)


def _path() -> str:
    from tix.config.places import config_path

    path = config_path(os.environ)
    if path is None:
        raise CannotCreate(
            "no place for config.toml: neither HOME nor XDG_CONFIG_HOME is set",
            hint="Name one in TIX_CONFIG.",
        )
    return path


def _usable(call: Call) -> Config:
    """Return the settings; those of the environment alone if config.toml is to be put right."""
    from tix.config import load_config

    try:
        return call.config
    except ConfigInvalid:
        return load_config(os.environ, None)


def _template() -> str:
    """Return a file that sets nothing and shows what could be set."""
    return "\n\n".join(f"# {s.help}\n# {s.name} = {_example(s)}" for s in SETTINGS) + "\n"


def _example(setting: Setting) -> str:
    return str(setting.default) if setting.type == "seconds" else f'"{setting.default or ""}"'


def _row(config: Config, setting: Setting) -> _Row:
    return _Row(setting, config.values()[setting.name], config.origins[setting.name])


def _text(row: _Row) -> str:
    return "" if row.value is None else str(row.value)


def _record(row: _Row) -> Mapping[str, object]:
    return {
        "schema": "tix.setting/1",
        "name": row.setting.name,
        "value": row.value,
        "default": row.setting.default,
        "origin": row.origin,
        "variable": row.setting.env,
        "help": row.setting.help,
    }


def _card(row: _Row) -> Card:
    from tix.table import Card

    return Card(
        name="setting",
        title=row.setting.name,
        pairs=[("value", _text(row) or "—"), ("origin", row.origin), ("help", row.setting.help)],
        fields=[("name", row.setting.name), ("value", row.value), ("origin", row.origin)],
        record=_record(row),
        ident=row.setting.name,
    )


def _table(config: Config, *, show_origin: bool = True) -> Table[_Row]:
    from tix.table import Column, Table

    columns: list[Column[_Row]] = [
        Column("name", lambda row: row.setting.name),
        Column("value", lambda row: row.value, human=lambda row: _text(row) or "—"),
        Column("origin", lambda row: row.origin),
    ]
    return Table(
        name="setting_list",
        columns=columns if show_origin else columns[:2],
        rows=[_row(config, setting) for setting in SETTINGS],
        record=_record,
        ident=lambda row: row.setting.name,
        items="settings",
    )


def _print(call: Call, line: str, card: Card) -> None:
    """Print *line* for a person or a plain pipe, the card in any other format."""
    if call.format in ("table", "plain"):
        call.write([f"{line}\n"])
    else:
        call.show(card)
