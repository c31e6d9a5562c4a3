"""How tickets look: as rows of lists here, as JSON in ``records``, each on a page in ``page``."""

from tix.output.tickets.columns import (
    inbox_columns,
    more_columns,
    plain_columns,
    screen_columns,
    table,
)
from tix.output.tickets.scene import Scene

__all__ = [
    "Scene",
    "inbox_columns",
    "more_columns",
    "plain_columns",
    "screen_columns",
    "table",
]
