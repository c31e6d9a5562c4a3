"""The desk that a command works on: who acts, when, where, and how it is meant."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from tix.errors import CannotCreate
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tix.config import Config
    from tix.domain.calendar import Calendar
    from tix.domain.setup import Setup
    from tix.domain.when import Dates
    from tix.store.base import Store
    from tix.store.jsondesk import JsonDesk


class Intent(NamedTuple):
    """How a change is meant; every command that changes something takes these."""

    why: str = ""
    dry_run: bool = False
    key: str = ""
    if_rev: int | None = None


class Desk:
    """A desk folder with the clock, the user and the preferences; opened on first use."""

    def __init__(
        self,
        location: str,
        config: Config,
        *,
        clock: Callable[[], datetime],
        warn: Callable[[str], None],
        is_default: bool = False,
    ) -> None:
        self.location = location
        self.config = config
        self.clock = clock
        self.warn = warn
        self.is_default = is_default
        self.intent = Intent()
        self.reveals = False  # whether secrets are shown
        self.masked: set[int] = set()  # the tickets of which a secret was not
        self.committed: tuple[int, ...] = ()  # operations, for hooks

    @property
    def user(self) -> str:
        """The name of who acts: ``--actor``, ``me`` in config.toml, or the login name."""
        return self.config.me or _login_name(self.config.environ)

    @property
    def by(self) -> str:
        """Who acts, as events tell it."""
        return f"agent:{self.user}"

    @cached_property
    def zone(self) -> tzinfo:
        """The zone in which the user reads and writes times."""
        return self._zone_in(self.store.read(lambda tx: tx.setup))

    def _zone_in(self, setup: Setup) -> tzinfo:
        from tix.config import time_zone

        return time_zone(self.config, setup.zone)

    @property
    def exists(self) -> bool:
        """Whether there is anything at this place; an error if that cannot be told."""
        from os import lstat

        try:
            lstat(self.location)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return False
        return True

    @cached_property
    def folder(self) -> JsonDesk:
        """The desk folder, whether it is there yet or not."""
        from tix.store import desk_folder

        return desk_folder(
            self.location,
            now=self.clock,
            salt=_salt,
            warn=self.warn,
            lock_timeout_s=self.config.lock_timeout,
        )

    @cached_property
    def store(self) -> Store:
        """The desk to read from; at the default place a desk that is not there is empty."""
        if self.exists or not self.is_default:
            return self.folder
        from tix.store.memory import MemoryStore

        return MemoryStore(now=self.clock, salt=_salt)

    def create(self, zone: str | None = None) -> None:
        """Make the desk.

        Raises:
            CannotCreate: There is something at its place already.
            UsageError: There is no such zone.
        """
        from uuid import uuid4

        from tix.config import time_zone

        if zone:
            time_zone(self.config.with_flags(timezone=zone), None)
        if self.exists and _is_in_use(self.folder.path):
            raise CannotCreate(f"there is something at {self.location} already")
        self.folder.create(str(uuid4()))
        self.__dict__.pop("store", None)
        if zone:
            with self.folder.write() as tx:
                from tix.record import replace

                tx.begin(self.by, "init")
                tx.put_setup(replace(tx.setup, zone=zone))

    def to_write(self) -> Store:
        """Return the store for a change that may be a desk's first: the default place is made."""
        if not self.exists and self.is_default and not self.intent.dry_run:
            self.create()
        return self.store

    def dates(self, setup: Setup) -> Dates:
        """Return the reader of dates, by this clock, zone and the desk's calendar."""
        from tix.domain.when import Dates

        calendar = self.calendar(setup)
        return Dates(self.clock(), self.zone, calendar)

    def calendar(self, setup: Setup) -> Calendar:
        """Return the business hours of the desk: the calendar of the level by default."""
        from tix.domain.kept import calendar_of

        return calendar_of(setup.hours, lambda: self.home(setup))

    def home(self, setup: Setup) -> str:
        """Return the zone of business hours that name none: the desk's, else the user's."""
        if "zone" not in vars(self):
            self.zone = self._zone_in(setup)  # the desk is open already
        return setup.zone or str(self.zone)


def system_clock() -> datetime:
    """Return the time now, in UTC and whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def fixed_clock(text: str) -> Callable[[], datetime]:
    """Return a clock that stands at *text*, an ISO time: ``TIX_NOW``.

    Raises:
        BadDate: It is no ISO time.
    """
    from tix.errors import BadDate

    try:
        at = datetime.fromisoformat(text)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        at = datetime.min.replace(tzinfo=UTC)
    if not 1970 <= at.year < 9000:
        raise BadDate(f"TIX_NOW is {text!r}; an ISO time such as 2026-11-24T17:00Z is needed")
    return lambda: at


def _salt() -> str:
    from os import urandom

    return urandom(16).hex()


def _login_name(environ: Mapping[str, str]) -> str:
    name = environ.get("USER") or environ.get("LOGNAME") or ""
    return name.strip() or "me"


def _is_in_use(path: Path) -> bool:
    return not path.is_dir() or any(path.iterdir())
