"""What customers and agents write, put together from the phrases of words.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


class Writer:
    """Writes and chooses; the same for the same *dice*."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def word(self, kind: str) -> str:
        """Return one of the words of a *kind*, such as ``tags``."""
        return self._dice.choice(WORDS[kind])

    def subject(self) -> str:
        """Return what a ticket is about."""
        subject = self._filled(self.word("subjects"))
        return subject[0].upper() + subject[1:]

    def message(self, kind: str) -> str:
        """Return what a customer asks (``asked``), or an agent says (``said``)."""
        chosen = self._dice.sample(WORDS[kind], self._dice.randint(3, 7))
        return "\n".join(map(self._filled, chosen))

    def remark(self) -> str:
        """Return what an agent writes to the others."""
        return self._filled(self.word("noted"))

    def _filled(self, phrase: str) -> str:
        return phrase.format(
            product=self.word("products"),
            order=self._dice.randrange(10_000, 1_000_000),
            name=self.word("first_names"),
            company=self.word("companies"),
        )
