"""Everything that can go wrong on purpose, and the exit code it ends with.

TixError
├── UsageError          2   the words of the command are wrong
│   ├── UnknownField
│   └── BadDate
├── NotFound            3   no such customer, agent, query …
│   ├── TicketNotFound
│   └── Ambiguous
├── Conflict            4   somebody else was faster
├── Refused             5   understood, and not allowed
│   ├── TransitionRefused
│   └── ConfirmationRequired
├── BadData            65   input or desk that cannot be trusted
│   ├── DeskDamaged
│   └── DeskNewer
├── CannotCreate       73
├── IOFailed           74   nothing was saved
├── Locked             75   try again later
├── PermissionRefused  77
└── ConfigInvalid      78
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script may rely on; ``describe`` gives the sentence for each."""

    DONE = 0
    NO = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFLICT = 4
    REFUSED = 5
    DATA = 65
    BUG = 70
    CANNOT_CREATE = 73
    IO = 74
    BUSY = 75
    PERMISSION = 77
    CONFIG = 78
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143

    def describe(self) -> str:
        """Return the sentence that ``tix help exit-codes`` prints."""
        return _SENTENCES[self]


_SENTENCES = {
    ExitCode.DONE: "Done, or nothing matched, or it was so already.",
    ExitCode.NO: "The asked question was answered no: --exit-status without a match, "
    "problems that doctor found, rows that --keep-going rejected.",
    ExitCode.USAGE: "The words of the command are wrong: command, option, field, date or subject.",
    ExitCode.NOT_FOUND: "There is no such ticket, customer, agent, department or saved query.",
    ExitCode.CONFLICT: "Somebody was faster: --if-rev does not match, undo is blocked.",
    ExitCode.REFUSED: "Understood and not allowed: a forbidden move, a missing --yes, over --max.",
    ExitCode.DATA: "The desk or a file that was given is damaged or wrong, or newer than this tix.",
    ExitCode.BUG: "A bug in tix; --debug shows where.",
    ExitCode.CANNOT_CREATE: "A file or folder could not be made, or the named desk is not there.",
    ExitCode.IO: "Reading or writing failed: a full disk, a closed output. "
    "The message tells if a change was saved all the same.",
    ExitCode.BUSY: "Another command held the lock for too long; try again.",
    ExitCode.PERMISSION: "The file system does not allow it, or a link was planted.",
    ExitCode.CONFIG: "config.toml cannot be used.",
    ExitCode.INTERRUPTED: "Ctrl-C.",
    ExitCode.PIPE_CLOSED: "The reader of the output went away.",
    ExitCode.TERMINATED: "SIGTERM.",
}


class TixError(Exception):
    """A sentence for the person at the terminal: lower case, no full stop.

    *hint* says what to do, in a sentence of its own; *ids* are the records it is about.
    """

    exit_code = ExitCode.BUG
    code = "internal"

    def __init__(self, message: str, *, hint: str = "", ids: tuple[int | str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.ids = ids


class UsageError(TixError):
    """The words of the command are wrong."""

    exit_code = ExitCode.USAGE
    code = "usage"


class UnknownField(UsageError):
    """A query or option names a field that tickets do not have."""

    code = "unknown_field"


class BadDate(UsageError):
    """A date that cannot be read, or that could be read in two ways."""

    code = "bad_date"


class NotFound(TixError):
    """There is no such record."""

    exit_code = ExitCode.NOT_FOUND
    code = "not_found"


class TicketNotFound(NotFound):
    """There is no such ticket."""

    code = "ticket_not_found"


class Ambiguous(NotFound):
    """A name fits more than one record."""

    code = "ambiguous"


class Conflict(TixError):
    """The record is not what the caller believed it to be."""

    exit_code = ExitCode.CONFLICT
    code = "conflict"


class Refused(TixError):
    """Understood, and not allowed."""

    exit_code = ExitCode.REFUSED
    code = "refused"


class TransitionRefused(Refused):
    """The table of moves has no such step."""

    code = "transition_refused"


class ConfirmationRequired(Refused):
    """A yes is needed, and there is nobody to ask."""

    code = "confirmation_required"


class BadData(TixError):
    """Input that cannot be used as it is."""

    exit_code = ExitCode.DATA
    code = "bad_data"


class DeskDamaged(BadData):
    """A file of the desk is not what tix wrote."""

    code = "db_corrupt"


class DeskNewer(BadData):
    """The desk was written by a later tix."""

    code = "db_newer"


class CannotCreate(TixError):
    """A file or folder cannot be made, or a named desk is not there."""

    exit_code = ExitCode.CANNOT_CREATE
    code = "cannot_create"


class IOFailed(TixError):
    """Reading or writing failed."""

    exit_code = ExitCode.IO
    code = "io"


class Locked(TixError):
    """Another command holds the lock."""

    exit_code = ExitCode.BUSY
    code = "locked"


class PermissionRefused(TixError):
    """The file system does not allow it, or it would not be safe."""

    exit_code = ExitCode.PERMISSION
    code = "permission"


class ConfigInvalid(TixError):
    """The user's config.toml cannot be used."""

    exit_code = ExitCode.CONFIG
    code = "config_invalid"
