"""``commit.json``: what a commit is about to do, or was doing when it was interrupted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tix.errors import DeskDamaged
from tix.record import NamedTuple
from tix.store.layout import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.store.folder import Folder

COMMIT = "commit.json"

_START = b'{"sha256": "'
_SUM_ENDS = len(_START) + 64


class Plan(NamedTuple):
    """The new file and its sum for each target, the names to remove, and what they follow.

    A *base_generation* of None follows any root.
    """

    base_generation: int | None
    new: dict[str, tuple[str, str]]
    removed: tuple[str, ...]


def checksum(content: bytes) -> str:
    """Return the SHA-256 of *content* in hex."""
    from tix.digest import sha256

    return sha256(content).hexdigest()


def encode(plan: Plan) -> bytes:
    """Return JSON that begins with the sum of all the bytes after the sum."""
    rest = b'", ' + json.dumps(plan._asdict()).encode()[1:]
    return _START + checksum(rest).encode() + rest


def decode(content: bytes) -> Plan:
    """Return the plan that ``encode`` wrote.

    Raises:
        DeskDamaged: It wrote something else.
    """
    if checksum(content[_SUM_ENDS:]).encode() != content[len(_START) : _SUM_ENDS]:
        raise DeskDamaged(
            f"{COMMIT} is damaged: its checksum does not fit",
            hint="nothing was changed; see 'tix doctor'",
        )
    plan = json.loads(content)
    new = {target: (temp, digest) for target, (temp, digest) in plan["new"].items()}
    return Plan(plan["base_generation"], new, tuple(plan["removed"]))


def read_new(read: Callable[[str], bytes], plan: Plan, target: str) -> bytes:
    """Return the new content of *target*, from whichever name it has by now.

    Raises:
        DeskDamaged: It is missing, or not what the plan names.
    """
    temp, digest = plan.new[target]
    try:
        content = read(temp)
    except FileNotFoundError:
        content = _read_renamed(read, target)
    if checksum(content) != digest:
        raise unfit(f"{target} is not what it names")
    return content


def _read_renamed(read: Callable[[str], bytes], target: str) -> bytes:
    try:
        return read(target)
    except FileNotFoundError:
        raise unfit(f"{target} is missing") from None


def check_base(folder: Folder, plan: Plan, generation_of: Callable[[bytes], int]) -> None:
    """Refuse a plan that does not follow the root beside it, as after a copy from elsewhere.

    Raises:
        DeskDamaged: The root is of another generation than the one the plan builds on.
    """
    if plan.base_generation is None:
        return
    try:
        root = folder.read(ROOT)
    except FileNotFoundError:
        found = 0
    else:
        if checksum(root) == plan.new[ROOT][1]:
            return
        found = generation_of(root)
    if found != plan.base_generation:
        raise unfit(f"it follows generation {plan.base_generation}, {ROOT} is of {found}")


def unfit(why: str) -> DeskDamaged:
    """Return the error for a plan that cannot be finished."""
    return DeskDamaged(
        f"{COMMIT} does not fit the desk: {why}",
        hint="nothing was changed; see 'tix doctor' and 'tix backup list'",
    )
