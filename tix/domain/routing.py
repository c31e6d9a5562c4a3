"""Who gets a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tix.domain.people import Agent


def least_loaded(agents: Iterable[Agent], load: Mapping[str, int], department: str | None) -> str:
    """Return the active agent with the fewest open tickets; ties go by name.

    Only members of *department* come into question, if it is given and has any.

    Raises:
        Refused: There is no active agent.
    """
    active = [agent for agent in agents if not agent.retired]
    members = [agent for agent in active if department in agent.departments]
    names = [agent.name for agent in members or active]
    if not names:
        raise Refused("there is no agent to give it to", hint="tix agent add NAME")
    return min(names, key=lambda name: (load.get(name, 0), name))
