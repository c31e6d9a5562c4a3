"""The shape of the project: sizes, mirrors, exit codes, and what a start may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commandline import ROOT, environment
from tix.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "tix"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Where a library may be imported, and whether at the top of the module.
LIBRARIES = {
    "click": (("cli/",), True),
    "tinydb": (("store/",), True),
    "tabulate": (("output/text.py",), True),
    "dateutil": (("domain/holidays.py", "domain/when.py"), False),
    "tomlkit": (("config/edit.py", "ops/setup/writing.py"), False),
    "wcwidth": (("text.py",), False),
    "jinja2": (("markup.py",), False),
    "markupsafe": (("markup.py",), False),
    "plotext": (("output/reports/charts/drawn.py",), False),
    "pygal": (("output/reports/charts/svg.py",), False),
}
HEAVY = {"dateutil", "tabulate", "tinydb", "wcwidth", "tomlkit", "zoneinfo", "csv", "sqlite3"}
HEAVY |= {"jinja2", "plotext", "pygal"}


def name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_module_is_longer_than_400_lines(module: Path):
    assert len(module.read_text("utf-8").splitlines()) <= 400


def test_each_package_has_its_folder_of_tests():
    packages = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    tested = {file.parent.name for file in (ROOT / "tests").glob("*/test_*.py")}

    assert packages - tested == set()


def test_each_folder_of_tests_has_its_package():
    folders = {file.parent.name for file in (ROOT / "tests").glob("*/test_*.py")}

    assert {folder for folder in folders if not (PACKAGE / folder).is_dir()} == set()


def test_no_two_exit_codes_are_the_same_number():
    assert list(ExitCode.__members__.values()) == list(ExitCode)


@pytest.mark.parametrize("code", list(ExitCode))
def test_each_exit_code_is_documented(code: ExitCode):
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")

    assert f"| {code.value} | {code.describe()} |" in page


def imports(module: Path) -> Iterator[tuple[str, bool]]:
    """Yield the top name of all that *module* imports while running, and if that is at its top."""
    body = [node for node in ast.parse(module.read_text("utf-8")).body if not _is_typing_only(node)]
    for node in ast.walk(ast.Module(body, [])):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node in body) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0], node in body


def _is_typing_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_libraries_are_imported_only_in_their_place(module: Path):
    strays = []
    for library, at_top in imports(module):
        if library in {*sys.stdlib_module_names, "tix"}:
            continue
        places, may_stand_on_top = LIBRARIES.get(library, ((), False))
        if not name(module).startswith(places) or (at_top and not may_stand_on_top):
            strays.append(library)

    assert strays == []


def loaded(home: Path, *words: str) -> set[str]:
    """Return every module, and every package above one, that ``tix`` *words* loads."""
    env = {key: value for key, value in environment(home).items() if "COVERAGE" not in key}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tix", *words],
        env=env,
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_version_is_told_without_click_tinydb_or_dataclasses(home: Path):
    assert loaded(home, "--version") & {"click", "tinydb", "dataclasses"} == set()


def test_completion_needs_neither_click_nor_tinydb(home: Path):
    assert loaded(home, "__complete", "ticket") & {"click", "tinydb"} == set()


def test_help_loads_no_library_but_click(home: Path):
    assert loaded(home, "--help") & HEAVY == set()


@pytest.mark.parametrize("line", ["--version", "--help", "list --help", "new x", "list -o table"])
def test_nothing_loads_importlib_metadata(home: Path, line: str):
    assert "importlib.metadata" not in loaded(home, *line.split())
