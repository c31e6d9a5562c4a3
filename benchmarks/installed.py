"""tix as a user has it: built into a wheel and installed in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
# What the wheel is made of; the folder of the sources is left as it is.
_SOURCES = ("tix", "completions", "man", "pyproject.toml", "setup.cfg", "MANIFEST.in", "README.md")
_LOOK = """
import importlib.metadata as m, platform
print(platform.python_implementation(), platform.python_version())
for name in ("tix-desk", "click", "tinydb", "tabulate", "python-dateutil"):
    print(name, m.version(name))
"""


class Installed(NamedTuple):
    """The commands of an environment, and the variables under which they run."""

    tix: str
    python: str
    environ: dict[str, str]

    def versions(self) -> list[str]:
        """Return what is installed, Python first."""
        told = subprocess.run(
            [self.python, "-c", _LOOK], env=self.environ, capture_output=True, text=True, check=True
        )
        return told.stdout.splitlines()


def install(place: Path) -> Installed:
    """Install tix from these sources below *place*, compiled and not editable."""
    sources = place / "sources"
    sources.mkdir(parents=True)
    for name in _SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, sources)
    venv.create(place / "venv", with_pip=True)
    folder = place / "venv" / "bin"
    home = place / "home"
    home.mkdir()
    environ = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": f"{folder}:{os.environ.get('PATH', os.defpath)}",
        "TERM": "xterm",
        # Not UTC: most people have to load a time zone.
        "TZ": "Europe/Zagreb",
        "USER": "alice",
    }
    subprocess.run(
        [folder / "python", "-m", "pip", "install", "--quiet", sources],
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": ""},
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return Installed(str(folder / "tix"), str(folder / "python"), environ)
