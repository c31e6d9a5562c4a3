from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from tix.markup import page, trusted


def test_a_page_lacks_nothing_that_it_names():
    with pytest.raises(UndefinedError):
        page("output/reports", "page.html", {})


def test_what_is_trusted_is_taken_as_it_is():
    assert str(trusted("<b>") + "<i>") == "<b>&lt;i&gt;"
