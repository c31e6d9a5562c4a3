"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.commandline import ROOT, Desk, in_a_process, in_this_process

if TYPE_CHECKING:
    from collections.abc import Callable

# A green tree must not turn red by luck; HYPOTHESIS_PROFILE=deep goes looking for trouble.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("deep", max_examples=5000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden/ from what is printed now"
    )


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with an empty desk, to be copied."""
    home = tmp_path_factory.mktemp("fresh")
    Desk(home, in_this_process)("init")
    return home


@pytest.fixture
def home(fresh_home: Path, tmp_path: Path) -> Path:
    """A home folder of the test's own, with an empty desk named ``desk``."""
    return shutil.copytree(fresh_home, tmp_path / "home")


@pytest.fixture
def tix(home: Path) -> Desk:
    """The command line in a process of its own: ``tix("show 99", code=3)``."""
    return Desk(home, in_a_process)


@pytest.fixture
def run(home: Path) -> Desk:
    """The command line in this process, for the many ordinary tests; same desk as ``tix``."""
    return Desk(home, in_this_process)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden("help.txt", printed)`` compares with tests/golden/help.txt."""

    def compare(name: str, printed: str) -> None:
        file = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(printed, "utf-8")
        assert printed == file.read_text("utf-8"), "intended? pytest --update-golden"

    return compare


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input: ``TIX_TEST_DATA``, or ``shared/data`` beside the repository."""
    folder = Path(os.environ.get("TIX_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}; TIX_TEST_DATA names another")
    return folder
