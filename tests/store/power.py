"""A disk that loses power: what was not synced survives in part, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


class File:
    """A file, as programs see it and as it is on the disk."""

    def __init__(self, content: bytes = b"") -> None:
        self.cached = self.durable = content

    def sync(self) -> None:
        self.durable = self.cached

    def survive(self, path: Path, chance: random.Random) -> None:
        is_synced = self.durable == self.cached
        half = self.cached[: len(self.cached) // 2]
        path.write_bytes(self.durable if is_synced else chance.choice([self.durable, half]))
        path.chmod(0o600)


class Names:
    """A folder, as programs see it and as it is on the disk; its changes may come apart."""

    def __init__(self) -> None:
        self.cached: dict[str, Node] = {}
        self.durable: dict[str, Node] = {}
        self.unsynced: list[Callable[[dict[str, Node]], None]] = []

    def change(self, old: str | None, new: str | None, node: Node) -> None:
        """Take *old* away and add *new*, both at once or neither."""

        def apply(names: dict[str, Node]) -> None:
            if old is not None:
                names.pop(old, None)
            if new is not None:
                names[new] = node

        apply(self.cached)
        self.unsynced.append(apply)

    def sync(self) -> None:
        self.durable = dict(self.cached)
        self.unsynced.clear()

    def survive(self, path: Path, chance: random.Random) -> None:
        path.mkdir(mode=0o700)
        likely = chance.choice([0, 0.5, 1])
        names = dict(self.durable)
        for apply in self.unsynced:
            if chance.random() < likely:
                apply(names)
        for name, node in names.items():
            node.survive(path / name, chance)


Node = File | Names


def on_disk(path: Path) -> Names:
    """Return a folder that has been at rest for long."""
    found = Names()
    for entry in path.iterdir():
        found.cached[entry.name] = on_disk(entry) if entry.is_dir() else File(entry.read_bytes())
    found.sync()
    return found


class Disk:
    """The disk under the folder *path*; ``replay`` does to it what a trace of calls says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.top = on_disk(path)

    def replay(self, call: str, path: str, other: str = "") -> None:
        if path == str(self.path):
            self.top.sync()
            return
        names, base = self._names(path)
        if call == "create":
            names.change(None, base, File())
        elif call == "mkdir":
            names.change(None, base, Names())
        elif call == "write":
            self._file(path).cached += bytes.fromhex(other)
        elif call == "fsync":
            names.cached[base].sync()
        elif call == "unlink":
            names.change(base, None, names.cached[base])
        elif call == "link":
            target, name = self._names(other)
            target.change(None, name, names.cached[base])
        else:
            names.change(base, Path(other).name, names.cached[base])

    def _names(self, path: str) -> tuple[Names, str]:
        *folders, base = Path(path).relative_to(self.path).parts
        names = self.top
        for folder in folders:
            below = names.cached[folder]
            assert isinstance(below, Names)
            names = below
        return names, base

    def _file(self, path: str) -> File:
        names, base = self._names(path)
        file = names.cached[base]
        assert isinstance(file, File)
        return file
