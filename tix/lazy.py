"""Names that are looked up when they are needed, so that start-up loads nothing for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(target: str) -> Any:
    """Return what ``module:attribute`` names, importing the module now."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)
