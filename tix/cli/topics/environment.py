"""``tix help environment``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import columns, page, paragraph, section
from tix.config import SETTINGS

if TYPE_CHECKING:
    from tix.cli.call import Call

OWN = (
    ("TIX_DB", "The desk's folder; --db stands above it."),
    ("TIX_CONFIG", "The file of settings, in place of config.toml in its folder."),
    ("TIX_NOW", "An ISO time at which the clock stands still, for trying out."),
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
    ("XDG_DATA_HOME", "The desk is in tix/ below it (~/.local/share)."),
    ("XDG_CONFIG_HOME", "config.toml is in tix/ below it (~/.config)."),
    ("XDG_STATE_HOME", "Drafts and @last are in tix/ below it (~/.local/state)."),
    ("XDG_CACHE_HOME", "The index for search is in tix/ below it (~/.cache)."),
)


def text(call: Call) -> str:
    """Return the variables that tix reads."""
    settings = [(setting.env, setting.help) for setting in SETTINGS]
    return page(
        section("Variables of tix", columns([*OWN, *settings])),
        section("Variables of others", columns(OTHERS)),
        paragraph(
            "A flag stands above a variable, a variable above config.toml, and that above the "
            "default. An empty variable is as none. tix config list --show-origin tells where "
            "each setting comes from."
        ),
    )
