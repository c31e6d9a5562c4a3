"""Statistics that need nothing but numbers."""

from __future__ import annotations

CERTAIN = 1.959963984540054
"""So many deviations around the middle hold 95 % of a normal distribution."""


def wilson(part: int, n: int) -> tuple[float, float] | None:
    """Return between which rates the true one lies, with 95 % certainty; None of none."""
    if not n:
        return None
    z2 = CERTAIN**2
    centre = part + z2 / 2
    reach = CERTAIN * (part * (n - part) / n + z2 / 4) ** 0.5
    low = (centre - reach) / (n + z2) if part else 0.0
    return low, (centre + reach) / (n + z2) if part < n else 1.0
