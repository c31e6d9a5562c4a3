"""Pages from templates: every value is escaped unless it says that it is markup already.

Jinja2 takes 30 ms to import; nothing loads it but a page that is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import BaseLoader
    from markupsafe import Markup


def page(package: str, template: str, values: Mapping[str, object]) -> str:
    """Return the page that *template*, a file of the folder *package* of tix, makes of *values*.

    A name that the template uses and *values* lack is an error, and no value can be called.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=_loader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = lambda text: " ".join(clean(text).split())
    return environment.get_template(template).render(values)


def trusted(markup: str) -> Markup:
    """Return *markup*, which tix made itself, as it goes into a page."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704 - what strangers wrote in it was escaped when it was made


def _loader(package: str) -> BaseLoader:
    from pathlib import Path

    from jinja2 import FileSystemLoader

    return FileSystemLoader(Path(__file__).resolve().parent / package)
