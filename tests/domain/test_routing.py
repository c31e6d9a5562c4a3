from __future__ import annotations

import pytest

from tix.domain.people import Agent
from tix.domain.routing import least_loaded
from tix.errors import Refused

ANN = Agent("ann", departments=("billing",))
BOB = Agent("bob", departments=("billing", "sales"))
EVE = Agent("eve")
GONE = Agent("al", departments=("billing",), retired=True)


@pytest.mark.parametrize(
    ("load", "department", "name"),
    [
        ({}, None, "ann"),
        ({"ann": 1}, None, "bob"),
        ({"ann": 2, "bob": 2, "eve": 1}, None, "eve"),
        ({"ann": 2, "bob": 1}, "billing", "bob"),
        ({"bob": 9}, "sales", "bob"),
        ({"ann": 3, "bob": 1, "eve": 2}, "support", "bob"),
        ({"al": 0, "ann": 5, "bob": 5}, "billing", "ann"),
    ],
)
def test_the_agent_with_the_fewest_open_tickets_gets_it(
    load: dict[str, int], department: str | None, name: str
) -> None:
    assert least_loaded([EVE, GONE, BOB, ANN], load, department) == name


@pytest.mark.parametrize("agents", [[], [GONE]])
def test_without_an_active_agent_nobody_gets_it(agents: list[Agent]) -> None:
    with pytest.raises(Refused) as refusal:
        least_loaded(agents, {}, None)

    assert refusal.value.message == "there is no agent to give it to"
    assert refusal.value.hint == "tix agent add NAME"
