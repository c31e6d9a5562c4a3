"""What can be done to a ticket: each verb decides and returns the events, or refuses.

A verb that would change nothing returns no event. Nothing here looks at a clock or a
store: who acts and when comes in as an ``Act``.
"""

from tix.domain.thread import Attachment
from tix.domain.verbs.act import Act
from tix.domain.verbs.filing import (
    assign,
    checked_tags,
    edit,
    hand_over,
    prioritize,
    retag,
    set_tags,
    tag,
    take,
    untag,
)
from tix.domain.verbs.messages import (
    checked_body,
    checked_subject,
    note,
    open_ticket,
    receive,
    reply,
)
from tix.domain.verbs.moves import (
    close,
    mark_spam,
    postpone,
    reopen,
    resolve,
    restore,
    trash,
    wait,
    wake,
)

__all__ = [
    "Act",
    "Attachment",
    "assign",
    "checked_body",
    "checked_subject",
    "checked_tags",
    "close",
    "edit",
    "hand_over",
    "mark_spam",
    "note",
    "open_ticket",
    "postpone",
    "prioritize",
    "receive",
    "reopen",
    "reply",
    "resolve",
    "restore",
    "retag",
    "set_tags",
    "tag",
    "take",
    "trash",
    "untag",
    "wait",
    "wake",
]
