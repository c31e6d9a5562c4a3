"""The errors, their exit codes, and the names that scripts know them by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tix import errors
from tix.errors import ExitCode, TicketNotFound, TixError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Frozen: scripts match on these.
FROZEN = {
    "ambiguous",
    "bad_date",
    "config_invalid",
    "confirmation_required",
    "conflict",
    "db_corrupt",
    "db_newer",
    "internal",
    "io",
    "locked",
    "permission",
    "ticket_not_found",
    "transition_refused",
    "unknown_field",
    "usage",
}
LATER = {"bad_data", "cannot_create", "not_found", "refused"}


def kinds(kind: type[TixError] = TixError) -> Iterator[type[TixError]]:
    """Yield the errors of the drawing; what others derive says more, under the same code."""
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from kinds(child)


def drawn() -> list[tuple[int, str]]:
    """Return depth and name of each error in the drawing on top of the module."""
    lines = re.findall(r"^((?:[│├└─ ]{4})*)([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)
    return [(len(branch) // 4, name) for branch, name in lines if name in vars(errors)]


def test_the_drawing_shows_every_error_in_its_place() -> None:
    def depth(kind: type[TixError]) -> int:
        return kind.__mro__.index(TixError)

    assert drawn() == [(depth(kind), kind.__name__) for kind in kinds()]


def test_each_error_has_a_name_of_its_own_that_never_changes() -> None:
    codes = [kind.code for kind in kinds()]

    assert len(set(codes)) == len(codes)
    assert set(codes) == FROZEN | LATER


def test_each_kind_of_failure_has_one_exit_code() -> None:
    assert {kind.__name__: int(kind.exit_code) for kind in TixError.__subclasses__()} == {
        "UsageError": 2,
        "NotFound": 3,
        "Conflict": 4,
        "Refused": 5,
        "BadData": 65,
        "CannotCreate": 73,
        "IOFailed": 74,
        "Locked": 75,
        "PermissionRefused": 77,
        "ConfigInvalid": 78,
    }
    for family in TixError.__subclasses__():
        assert {kind.exit_code for kind in kinds(family)} == {family.exit_code}


@pytest.mark.parametrize("code", ExitCode)
def test_each_exit_code_is_a_sentence(code: ExitCode) -> None:
    assert re.fullmatch(r"[A-Za-z][^\n]+\.", code.describe())


def test_an_error_tells_what_is_so_what_to_do_and_about_which_records() -> None:
    error = TicketNotFound("no ticket 99", hint="the last number is 41", ids=(99,))

    assert (str(error), error.message, error.hint, error.ids) == (
        "no ticket 99",
        "no ticket 99",
        "the last number is 41",
        (99,),
    )
    assert (TixError("x").hint, TixError("x").ids) == ("", ())
