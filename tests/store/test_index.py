"""Full-text search finds what is there now, whatever became of its index."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import hostile
from tests.store.desks import Clock, act, done, make_store, opened, steps, walk
from tix.domain import verbs
from tix.domain.event import Event
from tix.domain.undo import reverse
from tix.ops.reactions import record
from tix.store.fulltext import search_texts
from tix.store.index import phrase
from tix.store.jsondesk import JsonDesk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

WORDS = ["refund", "refunds", "where", "hurts", "angry", "look", "it"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> JsonDesk:
    store = make_store("file", tmp_path, clock)
    assert isinstance(store, JsonDesk)
    return store


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def numbers(
    desk: JsonDesk, cache: Path | None, text: str, *, hidden: bool = False, **more: object
) -> list[int]:
    """Return the tickets that are found, best first."""
    expression = phrase(text, is_last=True)
    return search_texts(
        desk.path,
        cache,
        lambda index: index.ranked(expression, hidden=hidden),
        timeout_s=5,
        **more,  # type: ignore[arg-type]
    )


def line(desk: JsonDesk, cache: Path | None, text: str, number: int = 1) -> str:
    expression = phrase(text, is_last=True)
    hits = search_texts(
        desk.path, cache, lambda index: list(index.hits(expression, [number])), timeout_s=5
    )
    return hits[0].line


def index_file(cache: Path) -> Path:
    return cache / "the-desk" / "index.sqlite"


def test_words_of_subjects_messages_and_notes_are_found(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Money back", body="It never came.")
    done(desk, 1, lambda t, a: verbs.reply(t, "We are sorry.", a))
    done(desk, 1, lambda t, a: verbs.note(t, "He called twice.", a))

    found = [numbers(desk, cache, word) for word in ("money", "never", "sorry", "twice", "thrice")]

    assert found == [[1], [1], [1], [1], []]


def test_a_word_in_the_subject_counts_more_than_one_in_a_message(
    desk: JsonDesk, cache: Path
) -> None:
    opened(desk, "Hello", body="About my refund.")
    opened(desk, "Refund", body="Hello, about that.")
    opened(desk, "Another", body="Nothing of the kind.")

    assert numbers(desk, cache, "refund") == [2, 1]


def test_the_line_is_the_one_with_the_words(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Hello", body="Dear all,\n\nmy \x1b[31mrefund never came.\nYours, Jo")

    assert line(desk, cache, "refund") == "my refund never came."


def test_a_long_line_is_cut_around_the_word(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Hello", body=f"{'before ' * 50}refund{' after' * 50}")

    found = line(desk, cache, "refund")

    assert "refund" in found
    assert len(found.split()) < 20


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("Crème brûlée", "creme brulee"),
        ("CREME", "crème"),
        ("返金をお願いします", "返金"),
        ("返金をお願いします", "願"),
        ("注文番号は4711です", "4711"),
        ("환불을 요청합니다", "환불"),
        ("ขอคืนเงิน", "คืนเงิน"),
        ("Straße", "straße"),
        ("jo@example.com wrote", "jo@example.com"),
        ("see http://x.test/a?b=1", "x.test/a"),
        ("error E-1024 again", "e-1024"),
        ("refunding", "refund"),
        ("refunding", "re*"),
        ('say "hi" (now)', '"hi" (now)'),
        ("my \x1b[31mrefund\x1b[0m", "refund"),
    ],
)
def test_what_is_searched_for_is_found(desk: JsonDesk, cache: Path, text: str, sought: str) -> None:
    opened(desk, "Hello", body=text)

    assert numbers(desk, cache, sought) == [1]


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("金返", "返金"),
        ("4711x", "711"),
        ("brand new day", "brand day"),
        ("refunding", "re"),
    ],
)
def test_what_is_not_there_is_not_found(
    desk: JsonDesk, cache: Path, text: str, sought: str
) -> None:
    opened(desk, "Hello", body=text)

    assert numbers(desk, cache, sought) == []


@pytest.mark.parametrize("text", ["", "(", '"', "*", "--", "🔥", "\0", "%_"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert phrase(text, is_last=True) == ""


@given(hostile, hostile, st.booleans())
def test_no_text_upsets_the_index(text: str, sought: str, is_last: bool) -> None:
    expression = phrase(sought, is_last=is_last)

    with closing(sqlite3.connect(":memory:")) as connection:
        from tix.store.index import Index
        from tix.store.texts import Text

        index = Index.new(connection)
        index.replace([1], [Text(1, "Hello", text, "new", "", False, False, 0)])
        if expression:
            ranked = index.ranked(expression, hidden=False)
            assert [hit.ticket_id for hit in index.hits(expression, ranked)] == ranked


def test_spam_and_the_trash_are_found_only_if_asked_for(desk: JsonDesk, cache: Path) -> None:
    for subject in ("Refund 1", "Refund 2", "Refund 3"):
        opened(desk, subject)
    done(desk, 1, verbs.mark_spam)
    done(desk, 2, verbs.trash)

    assert numbers(desk, cache, "refund") == [3]
    assert sorted(numbers(desk, cache, "refund", hidden=True)) == [1, 2, 3]


def test_what_was_taken_back_is_not_found(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Hello")
    op = done(desk, 1, lambda t, a: verbs.note(t, "Secret word", a))
    assert numbers(desk, cache, "secret") == [1]

    with desk.write() as tx:
        tx.begin("agent:alice", "undo", undoes=op)
        record(tx, tx.ticket(1), reverse(tx.history(1), op, act(tx)))

    assert numbers(desk, cache, "secret") == []


def test_what_was_erased_is_no_longer_in_the_file(desk: JsonDesk, cache: Path) -> None:
    for number in range(1, 30):
        opened(desk, f"Ticket {number}", body=f"word{number} canarysong")
    assert len(numbers(desk, cache, "canarysong")) == 29
    assert numbers(desk, cache, "word7") == [7]

    with desk.write() as tx:
        tx.begin("agent:alice", "forget")
        for number in range(1, 30):
            tx.redact(number, [tx.history(number)[0].seq])
            erased = Event("redacted", number, tx.now, "agent:alice")
            record(tx, tx.ticket(number), [erased])

    assert numbers(desk, cache, "canarysong") == []
    assert b"canarysong" not in index_file(cache).read_bytes()
    assert b"ord7" not in index_file(cache).read_bytes()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=4))
def test_an_index_that_was_kept_up_finds_what_a_new_one_finds(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[tuple[str, int]]]
) -> None:
    folder, clock = tmp_path_factory.mktemp("walk"), Clock()
    desk = make_store("file", folder, clock)
    assert isinstance(desk, JsonDesk)
    opened(desk, "Refund", body="Where is it?")
    for part in parts:
        walk(desk, clock, part)
        for word in WORDS:
            kept = numbers(desk, folder / "cache", word, hidden=True)
            assert sorted(kept) == sorted(numbers(desk, None, word, hidden=True))
    shutil.rmtree(folder)


def test_an_index_is_made_once_and_then_kept_up(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Refund")
    numbers(desk, cache, "refund")
    made = index_file(cache).stat().st_ino

    opened(desk, "Refund")

    assert numbers(desk, cache, "refund") == [2, 1]
    assert index_file(cache).stat().st_ino == made


@pytest.mark.parametrize("harm", ["gone", "empty", "short", "garbage", "zeros", "other format"])
def test_an_index_that_is_harmed_is_made_anew(desk: JsonDesk, cache: Path, harm: str) -> None:
    for _ in range(40):
        opened(desk, "Refund", body="Where is it? " * 20)
    numbers(desk, cache, "refund")
    file = index_file(cache)
    content = file.read_bytes()
    if harm == "gone":
        file.unlink()
    elif harm == "other format":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 99")
    else:
        harmed = {
            "empty": b"",
            "short": content[: len(content) // 2],
            "garbage": b"no database" * 500,
            "zeros": content[:4096] + bytes(len(content) - 4096),
        }
        file.write_bytes(harmed[harm])

    assert sorted(numbers(desk, cache, "refund")) == [*range(1, 41)]
    assert file.stat().st_size == len(content)


def test_an_index_that_is_too_far_behind_is_made_anew(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Refund")
    numbers(desk, cache, "refund")
    made = index_file(cache).stat().st_ino
    with closing(sqlite3.connect(index_file(cache))) as connection, connection:
        connection.execute("UPDATE origin SET generation = -5000")

    assert numbers(desk, cache, "refund") == [1]
    assert index_file(cache).stat().st_ino != made


def test_an_index_from_another_past_of_the_desk_is_made_anew(
    desk: JsonDesk, cache: Path, tmp_path: Path
) -> None:
    opened(desk, "First", body="one")
    shutil.copytree(desk.path, tmp_path / "copy")
    opened(desk, "Second", body="two")
    numbers(desk, cache, "second")

    shutil.rmtree(desk.path)
    shutil.copytree(tmp_path / "copy", desk.path)
    opened(desk, "Third", body="three")

    assert numbers(desk, cache, "second") == []
    assert numbers(desk, cache, "third") == [2]


def test_copies_of_a_desk_do_not_share_what_they_know(
    desk: JsonDesk, cache: Path, tmp_path: Path, clock: Clock
) -> None:
    opened(desk, "First")
    shutil.copytree(desk.path, tmp_path / "copy")
    copy = JsonDesk(tmp_path / "copy", now=clock, salt=lambda: "salt", warn=print)
    done(desk, 1, lambda t, a: verbs.note(t, "here", a))
    done(copy, 1, lambda t, a: verbs.note(t, "there", a))

    assert numbers(desk, cache, "here") == [1]
    assert numbers(copy, cache, "here") == []
    assert numbers(copy, cache, "there") == [1]


@pytest.mark.parametrize("what", ["none", "file in its place", "shared by all"])
def test_where_no_index_can_be_kept_the_answers_are_the_same(
    desk: JsonDesk, tmp_path: Path, what: str
) -> None:
    opened(desk, "Refund")
    cache: Path | None = None
    if what == "file in its place":
        cache = tmp_path / "file"
        cache.write_text("")
    elif what == "shared by all":
        cache = tmp_path / "shared"
        (cache / "the-desk").mkdir(parents=True)
        (cache / "the-desk").chmod(0o777)

    assert numbers(desk, cache, "refund") == [1]
    assert [*tmp_path.rglob("*.sqlite")] == []


def test_an_index_is_its_users_alone(desk: JsonDesk, cache: Path) -> None:
    mask = os.umask(0)
    try:
        numbers(desk, cache, "refund")
    finally:
        os.umask(mask)

    modes = {path.name: path.stat().st_mode & 0o777 for path in (cache, *cache.rglob("*"))}
    assert modes == {"cache": 0o700, "the-desk": 0o700, "index.sqlite": 0o600}


def test_the_desk_can_change_while_its_index_is_made(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Refund")
    opened(desk, "Other")

    def watch(pieces: Sequence[range]) -> Iterator[range]:
        for piece in pieces:
            done(desk, 1, lambda t, a: verbs.close(t, a) if t.rev > 1 else verbs.resolve(t, a))
            yield piece
            done(desk, 2, lambda t, a: verbs.note(t, "About a refund", a))
            opened(desk, "Refund, the third")

    assert sorted(numbers(desk, cache, "refund", watch=watch)) == [1, 2, 3]


def test_what_an_interrupted_making_left_is_no_index(desk: JsonDesk, cache: Path) -> None:
    opened(desk, "Refund")

    def watch(pieces: Iterable[range]) -> Iterator[range]:
        yield from pieces
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        numbers(desk, cache, "refund", watch=watch)

    assert [*(cache / "the-desk").iterdir()] == []
    assert numbers(desk, cache, "refund") == [1]
