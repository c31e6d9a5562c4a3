"""Python that has loaded nothing yet, to see what a module brings with it."""

from __future__ import annotations

import subprocess
import sys

from tests.commandline import ROOT


def loads(code: str, *modules: str) -> list[str]:
    """Return which of *modules* running *code* loads, in a process of its own."""
    program = f"""\
import sys
before = set(sys.modules)
{code}
print(*(name for name in {modules!r} if name in sys.modules.keys() - before))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()
