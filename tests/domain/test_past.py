from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tix.domain.event import Event
from tix.domain.past import known_at, until

AT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def event(
    at: datetime, recorded_at: datetime | None = None, *, by: str = "agent:alice", cause: str = ""
) -> Event:
    return Event("noted", 1, at, by, cause, recorded_at=recorded_at)


@pytest.mark.parametrize(
    ("one", "known"),
    [
        (event(AT), AT),
        (event(AT, LATER), LATER),
        (event(LATER, AT), AT),
        (event(AT, LATER, by="import:old"), AT),
        (event(AT, LATER, by="customer:C-1", cause="import:old"), AT),
        (event(AT, LATER, cause="the import: it was late"), LATER),
    ],
)
def test_an_event_is_known_since_it_was_written_and_an_imported_one_since_it_happened(
    one: Event, known: datetime
):
    assert known_at(one) == known


def test_a_history_ends_before_the_first_event_that_was_not_known():
    first, late, second = event(AT), event(AT, LATER), event(AT)

    assert until((first, late, second), AT) == (first,)
    assert until((first, late, second), LATER) == (first, late, second)
    assert until((first,), AT - timedelta(seconds=1)) == ()
