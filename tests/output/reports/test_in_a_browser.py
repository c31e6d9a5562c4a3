"""The page in a real Chromium; skipped where there is none, or no playwright to drive it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.output.reports.charted import BOTH, BY_GROUP, OVER_TIME, paper
from tests.output.reports.sample import BY_DEPARTMENT, COMPARED
from tix.output import View
from tix.output.reports.charts.chart import chart
from tix.output.reports.charts.svg import svg
from tix.output.reports.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STYLE = "getComputedStyle(document.body)"
HOSTILE = '"><script>alert(1)</script><img src=https://x.test/a onerror=alert(2)>'

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium")
    with api.sync_playwright() as player:
        running = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with hostile text wherever a stranger's can stand."""
    rows = tuple(row._replace(keys=(HOSTILE,)) for row in BY_DEPARTMENT.rows[:1])
    hostile = BY_DEPARTMENT._replace(title=HOSTILE, rows=(*rows, *BY_DEPARTMENT.rows))
    page = tmp_path_factory.mktemp("page") / "page.html"
    page.write_text(html(paper(hostile, COMPARED, OVER_TIME, BOTH, BY_GROUP), View()), "utf-8")
    return page


def opened(browser: Any, file: Path, scheme: str) -> tuple[Any, list[str]]:
    """Return the page, and all that it asked for, said, or broke at."""
    page = browser.new_context(
        color_scheme=scheme, viewport={"width": 1200, "height": 900}
    ).new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.goto(file.as_uri())
    return page, heard


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_asks_for_nothing_and_breaks_nowhere(browser: Any, file: Path, scheme: str):
    page, heard = opened(browser, file, scheme)

    assert heard == [file.as_uri()]
    assert page.title() == "Sample, 2026-11-01 to 2026-11-21"
    assert page.locator("h1").is_visible()
    assert page.locator("table").count() == 5
    assert all(page.locator("table").nth(n).is_visible() for n in range(5))
    assert page.locator("svg").first.bounding_box()["height"] > 100


def test_what_strangers_write_is_read_and_not_run(browser: Any, file: Path):
    page, _ = opened(browser, file, "light")

    assert page.locator("script, img").count() == 0
    assert HOSTILE in page.locator("tbody th").first.inner_text()


def test_light_and_dark_differ_and_each_can_be_read(browser: Any, file: Path):
    def shades(scheme: str) -> list[int]:
        page, _ = opened(browser, file, scheme)
        style = page.evaluate(f"(s => [s.backgroundColor, s.color])({STYLE})")
        return [sum(map(int, one[4:-1].split(","))) // 3 for one in style]

    (paper_, ink), (dark_paper, light_ink) = shades("light"), shades("dark")
    assert (paper_ > 240, ink < 60) == (True, True)
    assert (dark_paper < 60, light_ink > 200) == (True, True)


def test_a_narrow_screen_scrolls_tables_and_not_the_page(browser: Any, file: Path):
    page, _ = opened(browser, file, "light")
    page.set_viewport_size({"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_can_be_printed(browser: Any, file: Path):
    page, _ = opened(browser, file, "dark")

    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert len(printed) > 10_000


def test_a_picture_shows_by_itself(browser: Any, tmp_path: Path):
    file = tmp_path / "chart.svg"
    file.write_text(svg(chart(paper(BOTH), "area"), [HOSTILE]), "utf-8")
    page, heard = opened(browser, file, "dark")

    assert heard == [file.as_uri()]
    assert page.locator("path").count() > 6
    assert HOSTILE in page.locator("text").last.text_content()
