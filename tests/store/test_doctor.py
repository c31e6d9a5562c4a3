"""The doctor finds every kind of damage, repairs what can be, and says what is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
from itertools import combinations, count
from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from tests.store.desks import Clock, act, done, opened, steps, walk
from tix.domain import verbs
from tix.domain.alert import Alerts
from tix.domain.event import Event
from tix.domain.people import Agent, Department
from tix.domain.setup import SavedQuery, Setup
from tix.errors import CannotCreate, DeskNewer, Locked
from tix.ops.reactions import record
from tix.store.doctor import Outcome, Problem, check, repair
from tix.store.doctor.forms import FORMS
from tix.store.folder import Folder
from tix.store.jsondesk import JsonDesk
from tix.store.lock import hold
from tix.store.measures.block import MEASURES
from tix.store.page import dump, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def make(folder: Path, clock: Clock) -> JsonDesk:
    numbers = count()
    return JsonDesk(folder, now=clock, salt=lambda: f"salt-{next(numbers)}", warn=print)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with something of everything, and with backups of some of it."""
    clock = Clock()
    desk = make(tmp_path_factory.mktemp("whole") / "desk", clock)
    desk.create("the-desk")
    with desk.write() as tx:
        tx.begin("agent:alice", "set up")
        tx.agents.put(Agent("alice", address="a@x.org"))
        tx.agents.put(Agent("bob"))
        tx.departments.put(Department("billing", title="Money"))
        tx.queries.put(SavedQuery("hot", ("prio:high..",)))
        tx.put_setup(Setup(zone="Europe/Zagreb"))
    for number in range(1, 8):
        opened(desk, f"Ticket {number}", customer=f"c{number % 3}@x.org", body=f"Körper {number}")
        clock.move(minutes=7)
    for number in (1, 2, 3):
        text = "long " * 5000 if number == 3 else "short"
        done(desk, number, lambda t, a, text=text: verbs.note(t, text, a))  # type: ignore[misc]
        done(desk, number, verbs.resolve, verbs.close)
        clock.move(minutes=7)
    clock.move(days=1)
    with desk.write() as tx:
        tx.begin("agent:alice", "note")
        file = verbs.Attachment("f.txt", tx.attach(b"file content"), 12, "text/plain")
        ticket = tx.ticket(6)
        record(tx, ticket, verbs.note(ticket, "with a file", act(tx), [file]))
        tx.claim("new", "key-1", 6)
    done(desk, 7, lambda t, a: verbs.prioritize(t, "urgent", a))
    return desk.path


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.move(days=2)
    return clock


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of that desk, to be harmed."""
    return shutil.copytree(whole, tmp_path / "desk", symlinks=True)


def pages(folder: Path) -> list[str]:
    """Return the files that hold what the desk knows, but for the backups."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    names = (path.relative_to(folder).as_posix() for path in found)
    return sorted(name for name in names if not name.startswith(("backups/", "damaged/")))


def two_of_each_kind(folder: Path) -> list[str]:
    """Return those of ``pages`` that differ from each other by more than a number."""
    kinds: dict[str, list[str]] = {}
    for name in pages(folder):
        kinds.setdefault(name.partition("/")[0], []).append(name)
    return [name for names in kinds.values() for name in names[:2]]


def found(folder: Path) -> list[Problem]:
    return [problem for problem in check(folder, timeout_s=1) if not problem.is_warning]


def codes(folder: Path) -> list[str]:
    return sorted({problem.code for problem in check(folder, timeout_s=1)})


def mended(folder: Path, clock: Clock) -> Outcome:
    return repair(folder, by="agent:alice", now=clock(), timeout_s=1)


def state(folder: Path) -> list[Any]:
    """Return all that a desk knows, but for what its repairs have added."""

    def read(tx: Any) -> list[Any]:
        operations = [one for one in tx.operations.all() if one.command != "doctor"]
        people = [*tx.customers.all(), *tx.agents.all(), *tx.departments.all(), *tx.queries.all()]
        keys = [tx.key("address", f"c{n}@x.org") for n in range(3)]
        return [*tx.scan(), *people, tx.setup, *operations, *keys]

    result: list[Any] = make(folder, Clock()).read(read)
    return result


def flipped(content: bytes, place: float, bit: int = 2) -> bytes:
    changed = bytearray(content)
    changed[int(place * (len(content) - 1))] ^= 1 << bit
    return bytes(changed)


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut short": lambda content: content[: len(content) * 2 // 3],
    "one byte left": lambda content: content[:1],
    "first byte": lambda content: flipped(content, 0),
    "a byte of the sum": lambda content: flipped(content, min(1, 50 / len(content))),
    "a byte early": lambda content: flipped(content, 0.3),
    "a byte late": lambda content: flipped(content, 0.8, 7),
    "last byte": lambda content: flipped(content, 1),
    "a hole": lambda content: content[: len(content) // 2] + bytes(30) + content[-20:],
    "garbage": lambda content: random.Random(1).randbytes(200),
}


def test_a_healthy_desk_has_no_problems(folder: Path) -> None:
    assert check(folder, timeout_s=1) == ()


@settings(max_examples=20)
@given(steps)
def test_whatever_is_done_to_a_desk_leaves_it_healthy(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    clock = Clock()
    desk = make(tmp_path_factory.mktemp("walk") / "desk", clock)
    desk.create("the-desk")

    walk(desk, clock, taken)

    assert check(desk.path, timeout_s=1) == ()


def test_looking_changes_nothing(folder: Path) -> None:
    (folder / "history" / "7.json").write_bytes(b"")

    def everything() -> dict[str, tuple[int, int, bytes]]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino, p.read_bytes()) for p in files}

    before = everything()
    found(folder)

    assert everything() == before


def test_every_table_of_a_desk_has_a_form(folder: Path) -> None:
    with make(folder, Clock()).write() as tx:
        tx.alerts.put(Alerts(7))
    assert found(folder) == []

    tables = {
        table
        for name in pages(folder)
        if name.endswith(".json")
        for table in load(name, (folder / name).read_bytes())
    }

    assert tables == {*FORMS, MEASURES}


@pytest.mark.faults
@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_file_is_found_and_repaired_or_its_loss_is_told(
    whole: Path, tmp_path: Path, clock: Clock, harm: str
) -> None:
    before = state(whole)
    for number, name in enumerate(two_of_each_kind(whole)):
        folder = shutil.copytree(whole, tmp_path / str(number))
        file = folder / name
        file.write_bytes(HARMS[harm](file.read_bytes()))

        assert [problem.place for problem in found(folder)][:1] == [name]
        outcome = mended(folder, clock)

        assert found(folder) == []
        assert outcome.lost or state(folder) == before, name
        kept = folder / outcome.kept_in / name
        assert kept.read_bytes() == HARMS[harm]((whole / name).read_bytes())
        shutil.rmtree(folder)


@pytest.mark.faults
def test_files_that_changed_places_are_put_back(whole: Path, tmp_path: Path, clock: Clock) -> None:
    before = state(whole)
    for number, (one, other) in enumerate(combinations(two_of_each_kind(whole), 2)):
        folder = shutil.copytree(whole, tmp_path / str(number))
        (folder / one).rename(folder / "aside")
        (folder / other).rename(folder / one)
        (folder / "aside").rename(folder / other)

        assert found(folder)
        outcome = mended(folder, clock)

        assert (outcome.lost, found(folder), state(folder)) == ((), [], before), (one, other)
        shutil.rmtree(folder)


@pytest.mark.faults
def test_a_file_that_is_gone_is_made_again_or_its_loss_is_told(
    whole: Path, tmp_path: Path, clock: Clock
) -> None:
    before = state(whole)
    for number, name in enumerate(pages(whole)):
        folder = shutil.copytree(whole, tmp_path / str(number))
        (folder / name).unlink()

        was_found = found(folder)
        outcome = mended(folder, clock)

        assert found(folder) == []
        assert outcome.lost or state(folder) == before, name
        # What was measured is made anew where it is missing.
        assert was_found or name.endswith(".measures.json"), name
        shutil.rmtree(folder)


def key_page(key: str) -> str:
    from hashlib import sha256

    return f"keys/{sha256(key.encode()).hexdigest()[:2]}.json"


@pytest.mark.faults
def test_a_desk_of_which_only_backups_are_left_comes_back_with_what_they_have(
    folder: Path, clock: Clock
) -> None:
    for name in pages(folder):
        (folder / name).write_bytes(b"gone")

    outcome = mended(folder, clock)

    assert outcome.lost
    assert found(folder) == []
    subjects = make(folder, clock).read(lambda tx: [ticket.subject for ticket, _ in tx.scan()])
    assert subjects == [f"Ticket {number}" for number in range(1, 8)]


@pytest.mark.parametrize("is_gone", [False, True])
def test_without_backups_what_can_be_read_is_saved(
    folder: Path, clock: Clock, is_gone: bool
) -> None:
    shutil.rmtree(folder / "backups")
    (folder / "tickets.json").write_bytes(b"")
    if is_gone:
        (folder / "tickets.json").unlink()

    outcome = mended(folder, clock)

    assert outcome.lost == ("the number of the desk",)
    assert found(folder) == []
    tickets = make(folder, clock).read(lambda tx: [ticket.id for ticket, _ in tx.scan()])
    assert tickets == [1, 2, 3, 4, 5, 6, 7]
    assert opened(make(folder, clock), "Next") == 8


def test_what_is_lost_for_good_gets_a_stand_in_that_says_so(folder: Path, clock: Clock) -> None:
    shutil.rmtree(folder / "backups")
    for name in ("customers/0.json", "history/5.json"):
        (folder / name).unlink()
    rewrite(folder, "tickets.json", lambda tables: tables["tickets"].pop("5"))
    rewrite(folder, "ops/0.json", lambda tables: [tables["operations"].pop(n) for n in "234"])

    outcome = mended(folder, clock)

    assert outcome.lost == (
        "operation 2: nothing of it is left",
        "operation 3: nothing of it is left",
        "operation 4: nothing of it is left",
        "ticket 5: nothing of it is left",
        "customer C-1: nothing of them is left",
        "customer C-2: nothing of them is left",
        "customer C-3: nothing of them is left",
    )
    assert found(folder) == []
    ticket, customer, operation = make(folder, clock).read(
        lambda tx: (tx.ticket(5), tx.customers.get(2), tx.operations.get(3))
    )
    assert (ticket.subject, ticket.status) == ("(lost)", "closed")
    assert (customer.name, operation.command) == ("(lost)", "(lost)")


def test_a_history_without_its_beginning_keeps_what_follows(folder: Path, clock: Clock) -> None:
    shutil.rmtree(folder / "backups")
    before = make(folder, clock).read(lambda tx: tx.ticket(7))
    rewrite(folder, "history/7.json", lambda tables: tables["events"].pop("7"))

    outcome = mended(folder, clock)

    assert outcome.lost == ("ticket 7: events are lost (1 of 2)",)
    ticket, history = make(folder, clock).read(lambda tx: (tx.ticket(7), tx.history(7)))
    assert [event.kind for event in history] == ["repaired", "prioritized", "repaired"]
    assert found(folder) == []
    told = ("subject", "priority", "requester", "created_at", "status")
    assert [getattr(ticket, n) for n in told] == [getattr(before, n) for n in told]


def test_lost_events_leave_the_ticket_as_it_was_and_a_note_that_tells(
    folder: Path, clock: Clock
) -> None:
    (folder / "history" / "7.json").write_bytes(b"")

    outcome = mended(folder, clock)

    assert outcome.lost == ("ticket 7: events are lost (1 of 2)",)
    ticket, history = make(folder, clock).read(lambda tx: (tx.ticket(7), tx.history(7)))
    assert (ticket.priority, ticket.subject) == ("urgent", "Ticket 7")
    assert [event.kind for event in history] == ["opened", "repaired"]
    assert history[-1].cause == "tix doctor: events are lost (1 of 2)"


def test_a_lost_attachment_is_told_once(folder: Path, clock: Clock) -> None:
    for file in (folder / "files").rglob("*"):
        if file.is_file():
            file.unlink()

    outcome = mended(folder, clock)

    lost = sorted(sentence.partition(" (")[0] for sentence in outcome.lost)
    assert lost == ["ticket 3: the text of event 14 is lost", "ticket 6: a file of it is lost"]
    assert found(folder) == []
    assert mended(folder, clock) == Outcome((), (), (), "")
    bodies = make(folder, clock).read(lambda tx: [event.body for event in tx.history(3)])
    assert "(This text was lost.)" in bodies


def test_what_was_erased_does_not_come_back_from_a_backup(folder: Path, clock: Clock) -> None:
    desk = make(folder, clock)
    with desk.write() as tx:
        tx.begin("agent:alice", "forget")
        tx.redact(5, [tx.history(5)[0].seq])
        record(tx, tx.ticket(5), [Event("redacted", 5, tx.now, "agent:alice")])
    file = folder / "history" / "5.json"
    file.write_bytes(flipped(file.read_bytes(), 50 / file.stat().st_size))

    assert mended(folder, clock).lost == ()

    assert desk.read(lambda tx: [event.body for event in tx.history(5)]) == [None, None]


def rewrite(folder: Path, name: str, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change a page by hand, with a checksum that fits."""
    tables = load(name, (folder / name).read_bytes())
    change(tables)
    (folder / name).write_bytes(dump(tables))


BY_HAND: list[tuple[str, str, Callable[[dict[str, Any]], Any]]] = [
    ("head_differs", "tickets.json", lambda t: t["tickets"]["4"].update(priority="urgent")),
    ("head_differs", "settled/00/0.json", lambda t: t["tickets"]["1"].update(subject="x")),
    ("broken_chain", "history/5.json", lambda t: t["events"]["5"].update(by="agent:eve")),
    ("no_history", "history/5.json", lambda t: t["events"].clear()),
    ("no_head", "settled/00/0.json", lambda t: t["tickets"].pop("2")),
    ("wrong_place", "tickets.json", lambda t: t["tickets"]["4"].update(status="closed")),
    ("low_counter", "tickets.json", lambda t: t["desk"]["1"]["counters"].update(ticket=2)),
    ("low_counter", "tickets.json", lambda t: t["desk"]["1"]["counters"].update(setup=0)),
    ("wrong_contact", "tickets.json", lambda t: t["contacts"]["1"].update(name="Eve")),
    ("bad_record", "customers/0.json", lambda t: t["customers"]["1"].update(number="one")),
    ("bad_record", "people.json", lambda t: t["agents"]["bob"].update(name="eve")),
    ("missing_record", "people.json", lambda t: t["agents"].pop("bob")),
    ("missing_customer", "customers/0.json", lambda t: t["customers"].pop("2")),
    ("missing_operation", "ops/0.json", lambda t: t["operations"].pop("4")),
    ("damaged_file", "tickets.json", lambda t: t.pop("desk")),
]


@pytest.mark.parametrize("case", BY_HAND, ids=lambda case: f"{case[0]} {case[1]}")
def test_what_was_changed_by_hand_is_found_and_made_good(
    whole: Path, folder: Path, clock: Clock, case: tuple[str, str, Callable[..., Any]]
) -> None:
    code, name, change = case
    rewrite(folder, name, change)

    assert code in codes(folder)
    outcome = mended(folder, clock)

    assert (outcome.lost, found(folder)) == ((), [])
    assert state(folder) == state(whole)


def test_keys_lead_to_those_who_have_them(whole: Path, folder: Path, clock: Clock) -> None:
    page = key_page("address:c1@x.org")
    rewrite(folder, page, lambda tables: [k.update(number=99) for k in tables["keys"].values()])

    assert codes(folder) == ["wrong_key"]
    mended(folder, clock)

    assert state(folder) == state(whole)


def test_a_key_that_leads_nowhere_is_removed(folder: Path, clock: Clock) -> None:
    page = key_page("new:key-1")
    rewrite(folder, page, lambda tables: [k.update(number=99) for k in tables["keys"].values()])

    assert codes(folder) == ["dead_key"]
    mended(folder, clock)

    assert make(folder, clock).read(lambda tx: tx.key("new", "key-1")) is None


def test_a_ticket_that_stands_in_two_places_stands_in_one(
    whole: Path, folder: Path, clock: Clock
) -> None:
    done(make(folder, clock), 7, verbs.resolve, verbs.close)
    before = state(folder)
    for name in ("tickets.json", "history/7.json"):
        old = (whole / name).read_bytes()
        if name != "tickets.json":
            (folder / name).write_bytes(old)
    head = load("tickets.json", (whole / "tickets.json").read_bytes())["tickets"]["7"]
    rewrite(folder, "tickets.json", lambda tables: tables["tickets"].update({"7": head}))

    assert codes(folder) == ["wrong_place"] or "wrong_place" in codes(folder)
    outcome = mended(folder, clock)

    assert (outcome.lost, found(folder), state(folder)) == ((), [], before)


def test_an_older_version_of_a_file_is_brought_up_to_date(
    folder: Path, clock: Clock, tmp_path: Path
) -> None:
    old = (folder / "history" / "5.json").read_bytes()
    for text in ("one", "two"):
        clock.move(minutes=2)
        done(make(folder, clock), 5, lambda t, a, text=text: verbs.note(t, text, a))  # type: ignore[misc]
    (folder / "history" / "5.json").write_bytes(old)

    outcome = mended(folder, clock)

    # The last version was never replaced, so that no backup has it.
    assert outcome.lost == ("ticket 5: events are lost (1 of 3)",)
    assert found(folder) == []
    assert make(folder, clock).read(lambda tx: tx.ticket(5).notes) == 2


def test_links_and_other_things_that_tix_never_makes_are_put_away(
    folder: Path, clock: Clock, tmp_path: Path
) -> None:
    (folder / "people.json").rename(tmp_path / "elsewhere.json")
    (folder / "people.json").symlink_to(tmp_path / "elsewhere.json")
    (folder / "customers").rename(tmp_path / "customers")
    (folder / "customers").symlink_to(tmp_path / "customers")
    os.mkfifo(folder / "sla.lock")
    (folder / "keys" / "00.json").mkdir()

    assert {p.place for p in found(folder) if p.code == "link"} == {
        "people.json",
        "customers",
        "sla.lock",
        "keys/00.json",
    }
    outcome = mended(folder, clock)

    assert found(folder) == []
    assert outcome.lost == ()
    assert (folder / outcome.kept_in / "people.json").is_symlink()
    assert (tmp_path / "elsewhere.json").exists()
    assert make(folder, clock).read(lambda tx: len(tx.customers.all())) == 3


def test_a_lock_that_is_a_link_is_put_away(folder: Path, clock: Clock, tmp_path: Path) -> None:
    (folder / "lock").unlink()
    (folder / "lock").symlink_to(tmp_path / "other")

    mended(folder, clock)

    assert found(folder) == []
    assert not (tmp_path / "other").exists()


def test_rights_of_others_are_taken_away(folder: Path, clock: Clock) -> None:
    folder.chmod(0o755)
    (folder / "tickets.json").chmod(0o664)
    (folder / "backups").chmod(0o750)

    assert [problem.code for problem in found(folder)] == ["mode"] * 3
    mended(folder, clock)

    assert found(folder) == []
    assert (folder / "tickets.json").stat().st_mode & 0o777 == 0o600


def test_a_desk_that_others_can_write_to_can_be_looked_at(folder: Path, clock: Clock) -> None:
    folder.chmod(0o777)

    assert codes(folder) == ["mode"]
    mended(folder, clock)

    assert codes(folder) == []


def aged(path: Path) -> Path:
    an_age = 10_000
    os.utime(path, (path.stat().st_atime - an_age, path.stat().st_mtime - an_age))
    return path


def test_leftovers_are_found_when_they_are_old_and_removed(folder: Path, clock: Clock) -> None:
    stray = folder / "history" / ".tmp-0123456789abcdef-7.json"
    stray.touch(0o600)
    with make(folder, clock).write() as tx:
        orphan = tx.attach(b"nobody has this")
    file = folder / "files" / orphan[:2] / orphan
    assert codes(folder) == []

    aged(stray)
    aged(file)

    assert codes(folder) == ["orphan", "stray"]
    assert found(folder) == []
    mended(folder, clock)
    assert (codes(folder), stray.exists(), file.exists()) == ([], False, False)


def test_what_tix_did_not_make_is_told_and_left_alone(folder: Path, clock: Clock) -> None:
    names = ["history/x.json", "settled/00/x.history.json", "tickets (conflicted copy).json"]
    for name in names:
        (folder / name).touch(0o600)

    assert codes(folder) == ["unknown_file"]
    (folder / "history" / "7.json").write_bytes(b"")
    outcome = mended(folder, clock)

    assert sorted(problem.place for problem in outcome.left) == names


@pytest.fixture
def interrupted(folder: Path, clock: Clock, tmp_path: Path) -> Path:
    """A desk whose last commit is saved, and not one of its files in its place yet."""
    shutil.copytree(folder, tmp_path / "after")
    done(make(tmp_path / "after", clock), 7, lambda t, a: verbs.note(t, "at the last moment", a))
    new = {}
    base = json.loads((folder / "tickets.json").read_bytes())["desk"]["1"]["generation"]
    from hashlib import sha256

    for name in ("tickets.json", "history/7.json", "ops/0.json"):
        content = (tmp_path / "after" / name).read_bytes()
        parent, slash, last = name.rpartition("/")
        temp = f"{parent}{slash}.tmp-0123456789abcdef-{last}"
        (folder / temp).write_bytes(content)
        (folder / temp).chmod(0o600)
        new[name] = [temp, sha256(content).hexdigest()]
    rest = b'", ' + json.dumps({"base_generation": base, "new": new, "removed": []}).encode()[1:]
    (folder / "commit.json").write_bytes(b'{"sha256": "' + sha256(rest).hexdigest().encode() + rest)
    (folder / "commit.json").chmod(0o600)
    return folder


def notes(folder: Path, clock: Clock) -> int:
    return make(folder, clock).read(lambda tx: tx.ticket(7).notes)


def test_an_interrupted_commit_is_finished(interrupted: Path, clock: Clock) -> None:
    assert codes(interrupted) == ["unfinished_commit"]

    mended(interrupted, clock)

    assert (codes(interrupted), notes(interrupted, clock)) == ([], 1)


@pytest.mark.parametrize("harm", ["empty", "cut short", "a byte early", "garbage"])
def test_a_commit_is_saved_even_if_its_list_is_damaged(
    interrupted: Path, clock: Clock, harm: str
) -> None:
    file = interrupted / "commit.json"
    file.write_bytes(HARMS[harm](file.read_bytes()))

    assert "damaged_commit" in codes(interrupted)
    outcome = mended(interrupted, clock)

    assert (outcome.lost, codes(interrupted), notes(interrupted, clock)) == ((), [], 1)
    assert (interrupted / outcome.kept_in / "commit.json").exists()


@pytest.mark.parametrize(
    "name", ["history/.tmp-0123456789abcdef-7.json", ".tmp-0123456789abcdef-tickets.json"]
)
def test_a_commit_of_which_a_file_is_damaged_is_saved_as_far_as_it_can_be(
    interrupted: Path, clock: Clock, name: str
) -> None:
    (interrupted / name).write_bytes(b"")

    mended(interrupted, clock)

    assert found(interrupted) == []
    assert notes(interrupted, clock) == 1


def test_a_commit_of_another_state_is_put_away(
    interrupted: Path, whole: Path, clock: Clock
) -> None:
    for name in ("tickets.json", "history/7.json", "ops/0.json"):
        shutil.copy(whole / name, interrupted / name)
    rewrite(interrupted, "tickets.json", lambda t: t["desk"]["1"].update(generation=500))

    assert "damaged_commit" in codes(interrupted)
    mended(interrupted, clock)

    assert (codes(interrupted), notes(interrupted, clock)) == ([], 0)


def test_others_can_write_while_somebody_looks(folder: Path, clock: Clock) -> None:
    desk = make(folder, clock)
    stop = Signal()

    def write() -> None:
        while not stop.is_set():
            opened(desk, "One more")
            done(desk, 7, lambda t, a: verbs.note(t, "busy", a))

    writer = Thread(target=write)
    writer.start()
    try:
        seen = [found(folder) for _ in range(10)]
    finally:
        stop.set()
        writer.join()

    assert seen == [[]] * 10


def test_who_holds_the_lock_is_told(folder: Path, clock: Clock) -> None:
    with Folder.open(folder) as opened_folder, hold(opened_folder, 1):
        assert codes(folder) == ["lock_held"]
        with pytest.raises(Locked):
            repair(folder, by="agent:alice", now=clock(), timeout_s=0.05)


def test_a_desk_of_a_later_tix_is_refused(folder: Path, clock: Clock) -> None:
    rewrite(folder, "tickets.json", lambda tables: tables["desk"]["1"].update(schema=99))

    with pytest.raises(DeskNewer):
        check(folder, timeout_s=1)
    with pytest.raises(DeskNewer):
        mended(folder, clock)


def test_where_there_is_no_desk_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(CannotCreate):
        check(tmp_path / "nowhere", timeout_s=1)


def test_a_repaired_desk_keeps_the_state_before_among_its_backups(
    folder: Path, clock: Clock
) -> None:
    from tix.store.backups import generations

    def count_backups() -> int:
        with Folder.open(folder) as opened_folder:
            return len(generations(opened_folder))

    before = count_backups()
    (folder / "history" / "7.json").write_bytes(b"")

    mended(folder, clock)

    assert count_backups() > before


def test_numbers_are_not_given_twice_after_a_repair(folder: Path, clock: Clock) -> None:
    (folder / "tickets.json").write_bytes(b"")

    mended(folder, clock)

    assert opened(make(folder, clock), "Next") == 8
    seqs = make(folder, clock).read(
        lambda tx: [event.seq for _, history in tx.scan() for event in history]
    )
    assert len(set(seqs)) == len(seqs)


def closed_many(folder: Path, clock: Clock, count: int = 12) -> str:
    """Let tickets be settled and measured; return the page of their measures."""
    desk = make(folder, clock)
    for _ in range(count):
        number = opened(desk, body="Where?")
        done(desk, number, verbs.resolve, verbs.close)
    assert found(folder) == []
    return "settled/00/0.measures.json"


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda page: page["block"]["gone"].append(4), "it has others than are settled: 4"),
        (lambda page: page["block"].update(of=100), "it is the page of other tickets"),
        (lambda page: page["block"].update(id="another"), "it is the page of other tickets"),
        (lambda page: page["block"].update(names=[]), "it cannot be read"),
        (lambda page: page["flow"].update(at=7), "ticket 4 is not what its history tells"),
    ],
)
def test_measures_that_are_not_those_of_the_histories_are_dropped(
    tmp_path: Path, clock: Clock, harm: Callable[[Any], None], what: str
) -> None:
    folder = tmp_path / "desk"
    make(folder, clock).create("the-desk")
    place = closed_many(folder, clock)
    page = load(place, (folder / place).read_bytes())
    harm(page[MEASURES])
    (folder / place).write_bytes(dump(page))

    problems = found(folder)
    outcome = mended(folder, clock)

    assert {(one.code, one.place) for one in problems} == {("wrong_measures", place)}
    assert what in {one.what for one in problems}
    assert (outcome.left, outcome.lost) == ((), ())
    assert not (folder / place).exists()


def test_measures_of_another_version_are_no_problem(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "desk"
    make(folder, clock).create("the-desk")
    place = closed_many(folder, clock)
    page = load(place, (folder / place).read_bytes())
    page[MEASURES]["block"]["version"] = [0, 0]
    (folder / place).write_bytes(dump(page))

    assert found(folder) == []
