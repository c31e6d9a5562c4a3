"""The same tickets as tasks of taskwarrior 2.6, written in its own format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from benchmarks.stories import stories

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from benchmarks.stories import Story

_SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
_PRIORITIES = {"low": "L", "normal": "M", "high": "H", "urgent": "H"}
_RC = """\
data.location={data}
confirmation=no
color=off
verbose=label,footnote,new-uuid
news.version=2.6.0
"""


def build(place: Path, count: int, *, now: datetime, seed: int = 1) -> dict[str, str]:
    """Write *count* tasks at *place*; return the environment in which ``task`` finds them.

    Those that tix calls open are pending, all others are done. Messages are annotations.
    """
    data = place / "data"
    data.mkdir(parents=True)
    (place / "taskrc").write_text(_RC.format(data=data))
    with (
        (data / "pending.data").open("w", encoding="utf-8") as pending,
        (data / "completed.data").open("w", encoding="utf-8") as completed,
    ):
        for story in stories(count, now, seed):
            file = completed if _is_done(story) else pending
            file.write(_line(story))
    return {"TASKRC": str(place / "taskrc"), "TASKDATA": str(data)}


def uuid_of(number: int) -> str:
    """Return the identity of the task for a ticket."""
    return str(uuid5(_SPACE, str(number)))


def _is_done(story: Story) -> bool:
    return story.end in ("resolved", "closed")


def _line(story: Story) -> str:
    values = {
        **{f"annotation_{_stamp(said.at) + n}": said.text for n, said in enumerate(story.said)},
        "description": story.subject,
        "end": str(_stamp(story.ended_at)) if _is_done(story) else "",
        "entry": str(_stamp(story.opened_at)),
        "modified": str(_stamp(story.ended_at)),
        "priority": _PRIORITIES[story.priority],
        "project": story.department,
        "status": "completed" if _is_done(story) else "pending",
        "tags": ",".join(story.tags),
        **{f"tags_{tag}": "x" for tag in story.tags},
        "uuid": uuid_of(story.number),
    }
    return f"[{' '.join(f'{name}:{_quoted(text)}' for name, text in values.items() if text)}]\n"


def _quoted(text: str) -> str:
    return json.dumps(text.replace("[", "&open;").replace("]", "&close;"), ensure_ascii=False)


def _stamp(at: datetime) -> int:
    return int(at.timestamp())
