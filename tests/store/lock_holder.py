"""Hold the lock of a folder until a line comes in: ``python -m … FOLDER [shared]``."""

from __future__ import annotations

import sys

from tix.store.folder import Folder
from tix.store.lock import hold

if __name__ == "__main__":
    with Folder.open(sys.argv[1]) as folder, hold(folder, 5, shared="shared" in sys.argv):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.readline()
