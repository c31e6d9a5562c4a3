"""A set-up and the document that stands for it say the same, whatever the set-up is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ops.desks import Clock, make_desk
from tix.domain.field import KINDS, Field
from tix.domain.people import Agent, Department
from tix.domain.setup import COLOURS, KnownTag, Priority, SavedQuery, Setup
from tix.errors import Conflict
from tix.ops import setup
from tix.ops.setup import SetupInvalid
from tix.ops.setup.problems import lines_of
from tix.ops.setup.tables import TABLES
from tix.ops.transactions import writing
from tix.ops.undo import undo

if TYPE_CHECKING:
    from tix.desk import Desk

# Two whole desks an example.
FEWER = settings(max_examples=settings().max_examples // 4)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = st.from_regex(r"[a-zàéü][a-z0-9ü_-]{0,6}", fullmatch=True).filter(
    lambda word: word not in ("all", "me", "none", "up", "down")
)
TAGS = st.from_regex(r"[a-z0-9.:'\"#=\]-]{1,8}", fullmatch=True)
FIELDS = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
LISTS = st.lists(WORDS, max_size=3, unique=True).map(tuple)
ZONES = st.sampled_from([None, "Europe/Zagreb", "UTC"])
MAYBE = st.none() | TEXTS
QUERY_WORDS = st.lists(
    st.sampled_from(["is:open", "two words", '"in quotes"', "subject:a,b", 'tag:"b c"', "x\\y"])
    | WORDS,
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def named(draw: st.DrawFn, names: Any, record: Any) -> tuple[Any, ...]:
    """Return records of unlike names, each made of its place and name."""
    chosen = draw(st.lists(names, max_size=3, unique=True))
    return tuple(draw(record(place, name)) for place, name in enumerate(sorted(chosen)))


def priority(place: int, name: str) -> st.SearchStrategy[Priority]:
    colours = st.lists(st.sampled_from(COLOURS), max_size=2).map(" ".join)
    return st.builds(Priority, st.just(name), st.just(place + 1), colours, TEXTS)


def field(place: int, name: str) -> st.SearchStrategy[Field]:
    plain = st.sampled_from([kind for kind in KINDS if kind != "choice"])
    choices = st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple)
    return st.one_of(
        st.builds(Field, st.just(name), plain, st.just(()), TEXTS),
        st.builds(Field, st.just(name), st.just("choice"), choices, TEXTS),
    )


def department(place: int, name: str) -> st.SearchStrategy[Department]:
    address = st.sampled_from([None, f"dept{place}@example.com"])
    phone = st.sampled_from([None, "+3851234", "112"])
    return st.builds(Department, st.just(name), MAYBE, address, MAYBE, MAYBE, phone, LISTS)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Return a desk that commands could have set up."""
    desk = make_desk(Clock())
    priorities = draw(named(WORDS, priority)) or (Priority("only", 7),)
    whole = Setup(
        zone=draw(ZONES),
        priorities=priorities,
        default_priority=priorities[-1].name,
        types=draw(LISTS) or ("order",),
        quiet_days=draw(st.integers(1, 3650)),
        fields=draw(named(FIELDS, field)),
        tags=draw(named(TAGS, lambda _, name: st.builds(KnownTag, st.just(name), TEXTS))),
        categories=tuple(f"{a}/b c" for a in draw(LISTS)),
    )
    departments = draw(named(WORDS, department))
    names = [one.name for one in departments]
    works_for = st.lists(st.sampled_from(names), unique=True).map(tuple) if names else st.just(())

    def agent(place: int, name: str) -> st.SearchStrategy[Agent]:
        address = st.sampled_from([None, f"agent{place}@example.com"])
        tier = st.integers(1, 9)
        return st.builds(
            Agent, st.just(name), address, MAYBE, works_for, tier, LISTS, ZONES, st.booleans()
        )

    def query(_: int, name: str) -> st.SearchStrategy[SavedQuery]:
        return st.builds(
            SavedQuery, st.just(name), QUERY_WORDS, st.sampled_from(["", "-waiting", "due,id"])
        )

    with writing(desk, "make") as tx:
        tx.put_setup(whole)
        for records, found in (
            (tx.departments, departments),
            (tx.agents, draw(named(WORDS, agent))),
            (tx.queries, draw(named(WORDS, query))),
        ):
            for record in found:
                records.put(record)
    return desk


def kept(desk: Desk) -> tuple[Any, ...]:
    return desk.store.read(
        lambda tx: (tx.setup, tx.departments.all(), tx.agents.all(), tx.queries.all())
    )


def fresh(text: str) -> str:
    """Return the document for any version."""
    return "".join(line for line in text.splitlines(True) if not line.startswith("version = "))


@FEWER
@given(desks())
def test_what_a_desk_shows_changes_nothing_on_it(desk: Desk) -> None:
    before = kept(desk)

    change = setup.apply(desk, setup.show(desk).text, "x.toml")

    assert change.records == ()
    assert kept(desk) == before


@FEWER
@given(desks(), desks())
def test_a_desk_shows_the_document_that_it_was_given(desk: Desk, other: Desk) -> None:
    shown = setup.show(other)

    setup.apply(desk, fresh(shown.text), "x.toml")

    assert setup.show(desk).tables == shown.tables
    assert fresh(setup.show(desk).text) == fresh(shown.text)
    assert setup.difference(desk, fresh(shown.text), "x.toml") == ""


@FEWER
@given(desks(), desks())
def test_undo_takes_a_document_back_exactly(desk: Desk, other: Desk) -> None:
    before = setup.show(desk)
    if setup.apply(desk, fresh(setup.show(other).text), "x.toml").op:
        undo(desk)

    assert setup.show(desk).tables == before.tables
    assert setup.show(desk, before.version) == before


@FEWER
@given(desks())
def test_each_key_is_found_on_its_line(desk: Desk) -> None:
    text = setup.show(desk).text
    found = lines_of(text.replace("\n", "\r\n"))

    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("["):
            table = "" if "." in line else line.strip("[]")
            assert not table or found[table,] == number
        elif table and line[:1].isalpha():
            assert found[table, line.partition(" ")[0]] == number


VALUES = st.recursive(
    st.booleans()
    | st.integers(-5, 2000)
    | st.floats(allow_nan=False)
    | st.datetimes()
    | TEXTS
    | st.sampled_from(["normal", "red", "choice", "Europe/Zagreb", "a@b.c", "dept:x", "due"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(sorted({key.name for table in TABLES for key in table.keys})) | TEXTS
NAMES = st.sampled_from(["normal", "bob", "B.b", "a,b", " "]) | TEXTS
ROWS = st.dictionaries(KEYS, VALUES, max_size=3)
DOCUMENTS = st.dictionaries(
    st.sampled_from(["version", *(table.name for table in TABLES)]) | TEXTS,
    st.dictionaries(NAMES, ROWS | VALUES, max_size=3) | ROWS | VALUES,
    max_size=4,
)


@given(DOCUMENTS)
def test_whatever_a_document_says_it_is_applied_or_all_that_is_wrong_is_told(
    document: dict[str, Any],
) -> None:
    desk = make_desk(Clock())
    try:
        setup.apply(desk, tomlkit.dumps(document), "x.toml")
    except SetupInvalid:
        assert setup.show(desk).version == 0
    except Conflict:
        assert document["version"] != 0
    else:
        assert setup.apply(desk, fresh(setup.show(desk).text), "x.toml").records == ()
