"""Desks of other schemas: older ones are read and then rewritten, newer ones are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.store.desks import Clock, copied, done, opened, salts
from tix.domain import verbs
from tix.errors import DeskDamaged, DeskNewer
from tix.store.jsondesk import JsonDesk
from tix.store.migrations import CURRENT, Migrations
from tix.store.page import Tables, dump, load

if TYPE_CHECKING:
    from collections.abc import Iterator

FROZEN = Path(__file__).parent / "frozen"


def rename_assignee(name: str, tables: Tables) -> Tables:
    """A step as it could come: the member ``assignee`` was called ``owner`` before."""
    for document in tables.get("tickets", {}).values():
        if "owner" in document:
            document["assignee"] = document.pop("owner")
    return tables


NEXT = Migrations(schema=2, steps={1: rename_assignee})


@pytest.fixture
def desk(tmp_path: Path) -> JsonDesk:
    """A desk with an open and a settled ticket, written in schema 1 with ``owner`` on both."""
    desk = JsonDesk(tmp_path / "desk", now=Clock(), salt=salts(), warn=print)
    desk.create("the-desk")
    for _ in range(2):
        opened(desk)
    done(desk, 2, verbs.resolve, verbs.close)
    for page in ("tickets.json", "settled/00/0.json"):
        tables = tables_of(desk.path / page)
        for head in tables["tickets"].values():
            head["owner"] = "alice"
        (desk.path / page).write_bytes(dump(tables))
    return desk


def tables_of(path: Path) -> dict[str, Any]:
    return load(path.name, path.read_bytes())


def as_next(desk: JsonDesk) -> JsonDesk:
    return JsonDesk(desk.path, now=Clock(), salt=salts(), warn=print, migrations=NEXT)


def test_an_older_desk_is_read_without_being_changed(desk: JsonDesk) -> None:
    before = {path: path.read_bytes() for path in files(desk.path)}

    read = as_next(desk).read(lambda tx: [tx.ticket(n).assignee for n in (1, 2)])

    assert read == ["alice", "alice"]
    assert {path: path.read_bytes() for path in files(desk.path)} == before


def test_the_first_write_saves_every_page_in_the_new_form(desk: JsonDesk) -> None:
    opened(as_next(desk))

    root = tables_of(desk.path / "tickets.json")
    assert root["desk"]["1"]["schema"] == 2
    heads = root["tickets"] | tables_of(desk.path / "settled/00/0.json")["tickets"]
    assert [head.get("assignee") for head in heads.values()] == ["alice", None, "alice"]
    assert not any("owner" in head for head in heads.values())


def test_a_desk_of_a_later_tix_is_refused(desk: JsonDesk) -> None:
    opened(as_next(desk))

    with pytest.raises(DeskNewer, match="schema 2"):
        desk.read(lambda tx: tx.setup)
    with pytest.raises(DeskNewer):
        opened(desk)


@pytest.mark.parametrize("schema", [None, "1", 0])
def test_a_desk_that_tells_no_schema_is_damaged(desk: JsonDesk, schema: object) -> None:
    root = desk.path / "tickets.json"
    tables = tables_of(root)
    tables["desk"]["1"]["schema"] = schema
    root.write_bytes(dump(tables))

    with pytest.raises(DeskDamaged):
        desk.read(lambda tx: tx.setup)


@pytest.mark.parametrize("version", range(1, CURRENT.schema + 1))
def test_a_desk_of_every_schema_can_still_be_read(version: int, tmp_path: Path) -> None:
    """``frozen/N`` is a desk as schema N wrote it; ``frozen/N.json`` what it says."""
    copied(FROZEN / str(version), tmp_path / "desk")
    desk = JsonDesk(tmp_path / "desk", now=Clock(), salt=salts(), warn=print)

    assert json.loads((FROZEN / f"{version}.json").read_text()) == desk.read(summary)
    assert opened(desk) == 6


def summary(tx: Any) -> dict[str, Any]:
    """Return what a desk says, in JSON: enough to see that nothing was lost."""
    return {
        "tickets": {
            str(head.id): [head.subject, head.status.value, head.hash, len(history)]
            for head, history in tx.scan()
        },
        "bodies": {
            str(head.id): [event.body for event in history if event.body]
            for head, history in tx.scan()
        },
        "customers": [customer.addresses[0] for customer in tx.customers.all()],
        "agents": [agent.name for agent in tx.agents.all()],
        "operations": [operation.command for operation in tx.operations.all()],
    }


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
