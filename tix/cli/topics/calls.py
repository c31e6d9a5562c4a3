"""``tix help calls``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Columns, Paragraph, Section, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

CALL = """\
{"id": "pbx-4711", "at": "2026-11-20T09:12:40Z", "from": "+385911234567",
 "seconds": 310, "agent": "alice", "note": "She wants a copy."}
"""
CHAT = """\
{"id": "chat-17", "from": "jo@example.com", "lines": [
 {"at": "2026-11-20T09:30:00Z", "from": "customer", "text": "Hello?"},
 {"at": "2026-11-20T09:30:40Z", "from": "alice", "text": "Good morning!"}]}
"""


def sections(call: Call) -> Sequence[Section]:
    """Return what the lines of calls, chats and transcripts hold, and what they count for."""
    from tix.ops.importing.spoken.calling import NAMES as CALLS
    from tix.ops.importing.spoken.chatting import LINE
    from tix.ops.importing.spoken.chatting import NAMES as CHATS

    return (
        section(
            "Calls and chats",
            Paragraph(
                "tix log-call --import FILE and tix log-chat --import FILE take what a telephone "
                "system or a chat tool has written: JSONL, an object a line. All of it is logged "
                "or nothing, and every bad line is named; what has an id is logged once, however "
                "often it comes. Here the lines are broken to be read. Times without a zone are in "
                "yours."
            ),
        ),
        section("A call", Columns(tuple(CALLS.items())), Code(CALL)),
        section("A chat", Columns(tuple(CHATS.items())), Code(CHAT)),
        section(
            "A transcript",
            Paragraph("tix log-chat 12 -F FILE takes the lines of one chat, an object a line."),
            Columns(tuple(LINE.items())),
        ),
        section(
            "What they count for",
            Columns(
                (
                    ("answered", "an answer from the moment when an agent was there, and work"),
                    ("missed, in", "the customer waits, as after a message"),
                    ("missed, out", "nothing: it is only told"),
                )
            ),
        ),
    )
