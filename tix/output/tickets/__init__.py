"""How tickets look: JSON records, the columns of lists, the page of one."""

from tix.output.tickets.columns import (
    inbox_columns,
    more_columns,
    plain_columns,
    screen_columns,
    table,
)
from tix.output.tickets.page import card, told
from tix.output.tickets.records import customer_record, event_record, message_record, record
from tix.output.tickets.scene import Scene

__all__ = [
    "Scene",
    "card",
    "customer_record",
    "event_record",
    "inbox_columns",
    "message_record",
    "more_columns",
    "plain_columns",
    "record",
    "screen_columns",
    "table",
    "told",
]
