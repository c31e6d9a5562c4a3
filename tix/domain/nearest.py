"""Did you mean …: the known word that a mistyped one is nearest to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Nobody mistypes a word this long, and comparing costs the square of its length.
_LONGEST = 40


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that *word* was most likely meant to be, None if none is near."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in candidates}
    wanted = word.casefold()
    if wanted in folded:
        return folded[wanted]
    if len(wanted) > _LONGEST:
        return None
    begun = [known for known in folded if known.startswith(wanted)]
    if len(begun) == 1 and len(wanted) > 2:
        return folded[begun[0]]
    # Two letters swapped are a ratio of 0.67 in `tga`, and of 0.8 in `alcie`.
    close = get_close_matches(wanted, folded, n=1, cutoff=0.6 if len(wanted) < 5 else 0.7)
    return folded[close[0]] if close else None
