"""``tix help environment``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Columns, Paragraph, Section, section
from tix.config import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

OWN = (
    ("TIX_DB", "The desk's folder; --db stands above it."),
    ("TIX_CONFIG", "The file of settings, in place of config.toml in its folder."),
    ("TIX_NOW", "An ISO time at which the clock stands still, for trying out."),
    ("TIX_NO_HOOKS", "If not empty, no hooks, whatever config.toml says."),
    ("TIX_HOOK", "Set where a hook runs: its own calls of tix run no hooks."),
    ("TIX_DEBUG", "If not empty, a bug shows its traceback, as --debug."),
)
OTHERS = (
    ("NO_COLOR", "If not empty, no colours (no-color.org)."),
    ("CLICOLOR_FORCE, FORCE_COLOR", "If neither empty nor 0, colours everywhere."),
    ("TERM", "dumb: no colours and no pager."),
    ("PAGER, LESS", "The pager and its options, where tix has none of its own (FRX)."),
    ("VISUAL, EDITOR", "The editor, where tix has none of its own."),
    ("TZ", "The zone, where neither you nor the desk have one."),
    ("USER, LOGNAME", "Who you are, where tix has not been told."),
    ("COLUMNS, LINES", "The size of the terminal."),
)
FOLDERS = (
    ("XDG_DATA_HOME", "The desk is in tix/ below it (~/.local/share)."),
    ("XDG_CONFIG_HOME", "config.toml and hooks/ are in tix/ below it (~/.config)."),
    ("XDG_STATE_HOME", "Drafts and @last are in tix/ below it (~/.local/state)."),
    ("XDG_CACHE_HOME", "The index for search is in tix/ below it (~/.cache)."),
)


def sections(call: Call) -> Sequence[Section]:
    """Return the variables that tix reads."""
    settings = [(setting.env, setting.help) for setting in SETTINGS]
    return (
        section("Variables of tix", Columns([*OWN, *settings])),
        section("Variables of others", Columns(OTHERS)),
        section(
            "Folders",
            Columns(FOLDERS),
            Paragraph("As they are for XDG, empty and relative paths are as none."),
        ),
        section(
            "Which one counts",
            Paragraph(
                "A flag stands above a variable, a variable above config.toml, and that above "
                "the default. An empty variable is as none. tix config list --show-origin tells "
                "where each setting comes from, tix config path where config.toml is."
            ),
        ),
    )
