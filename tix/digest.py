"""SHA-256 for every command: without OpenSSL, which takes 3 ms to load.

``random`` in the standard library comes to its SHA-512 the same way. For many megabytes
``hashlib`` is the faster one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha256 import sha256
    except ImportError:
        try:
            from _sha2 import sha256  # as Python calls it from 3.12 on
        except ImportError:
            from hashlib import sha256

__all__ = ["sha256"]
