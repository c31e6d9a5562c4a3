"""One of many at a desk: ``python -m … FOLDER watch|write COUNT``.

``write`` raises the number in two files and the root, which are always equal; ``watch`` reads
them until the number has come to COUNT, and says what it saw that was not equal.
"""

from __future__ import annotations

import sys

from tests.store.plain_desk import START, generation_of, root
from tix.store.commit import commit, recover
from tix.store.folder import Folder
from tix.store.layout import ROOT
from tix.store.lock import hold
from tix.store.snapshot import Snapshot, reading


def write(folder: Folder, count: int) -> None:
    for _ in range(count):
        with hold(folder, 30):
            recover(folder, generation_of)
            number = generation_of(folder.read(ROOT))
            odd, even = f"odd/{number}.json", f"odd/{number + 1}.json"
            changes = {
                ROOT: root(number + 1),
                "a.json": b"%d" % (number + 1),
                "far/below/b.json": b"%d" % (number + 1),
                odd: None,
                even: b"%d" % (number + 1),
            }
            commit(folder, changes, base_generation=number, now=START)


def numbers(snapshot: Snapshot) -> tuple[int, ...]:
    """Return the number in each place, which must all be the same."""
    number = generation_of(snapshot.read(ROOT))
    names = ["a.json", "far/below/b.json", f"odd/{number}.json"]
    (listed,) = [name for name in snapshot.names() if name.startswith("odd/")]
    return number, *(int(snapshot.read(name)) for name in [*names, listed])


def watch(folder: Folder, count: int) -> None:
    seen = 0
    while True:
        found = reading(folder, numbers, 30, generation_of=generation_of)
        if len(set(found)) > 1 or found[0] < seen:
            sys.stdout.write(f"{seen} {found}\n")
        seen = found[0]
        if seen == count:
            return


if __name__ == "__main__":
    with Folder.open(sys.argv[1]) as desk:
        {"write": write, "watch": watch}[sys.argv[2]](desk, int(sys.argv[3]))
