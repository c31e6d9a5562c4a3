"""Full-text search over a desk folder, by an index that is made when it is first needed.

The index lies in the user's cache. It is brought up to date before each search, from what the
root tells of the last generations, and made anew when it is missing, damaged, too far behind
or from another past of the desk. No change of the desk waits for it or knows of it. Where it
cannot be kept, one that is gone afterwards does the same, more slowly.

An index that says it knows generation 7 knows every ticket as it was then or later. That is
why it can be made in many short looks at a desk that changes meanwhile: the tickets touched
since the first look are the next thing it learns.
"""

from __future__ import annotations

import os
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tix.config.places import make_private
from tix.errors import IOFailed, TixError
from tix.store import layout
from tix.store.blobs import get_blob
from tix.store.folder import Folder, is_temp, temp_name
from tix.store.index import Index, Origin
from tix.store.page import damaged
from tix.store.pages import Pages
from tix.store.shelf import HEADS
from tix.store.snapshot import reading
from tix.store.texts import Text, texts
from tix.store.transaction import DESK, TOUCHED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

T = TypeVar("T")
Watch = "Callable[[Iterable[range], int], Iterable[range]]"

FILE = "index.sqlite"

_AT_ONCE = 2000
_BUSY_S = 5.0
_STRAY_S = 24 * 3600
