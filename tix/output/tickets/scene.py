"""What the look of a ticket depends on beside itself."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tix.domain.importance import Ranking
from tix.domain.setup import Setup
from tix.record import NamedTuple


class Scene(NamedTuple):
    """What the look of a ticket depends on beside itself."""

    now: datetime
    zone: tzinfo
    setup: Setup
    ranking: Ranking
