"""Names looked up when they are needed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.fresh import loads
from tix.lazy import load


def test_a_target_gives_the_attribute_of_the_module():
    assert load("fractions:Fraction") is Fraction


@pytest.mark.parametrize("module", ["tix.lazy", "tix.table", "tix.text", "tix.output"])
def test_nothing_heavy_is_loaded_by_the_shapes(module: str):
    heavy = ["csv", "difflib", "json", "tabulate", "textwrap", "unicodedata", "wcwidth"]

    assert loads(f"import {module}", *heavy) == []
