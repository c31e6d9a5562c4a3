"""The page: what is in it, and what never is."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings

from tests.hostile import hostile
from tests.output.reports.charted import BOTH, BY_GROUP, OVER_TIME, paper
from tests.output.reports.sample import BY_DEPARTMENT, CREATED, PAPER, REPORT
from tix.output import View
from tix.output.reports.charts.chart import chart
from tix.output.reports.html import html
from tix.record import replace
from tix.reports.figures import Row

VIEW = View(tool="tix 1.0.0")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class Page(HTMLParser):
    """The elements of a page, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(" ".join(data.split()))


def check(text: str) -> Page:
    """Return the page, in which nothing runs and nothing is asked for."""
    page = Page(text)
    names = {tag for tag, _ in page.tags}
    assert names.isdisjoint({"script", "iframe", "object", "embed", "base", "link", "img", "form"})
    assert names.isdisjoint({"a", "b", "i", "use", "image", "foreignobject", "animate"})
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.keys().isdisjoint({"href", "src", "xlink:href", "srcset", "style"})
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}) in page.tags
    assert "url(" not in text
    return page


def test_a_page_has_the_tables_charts_and_definitions_of_a_report():
    page = check(html(paper(BY_DEPARTMENT, OVER_TIME, BOTH, BY_GROUP), VIEW))

    names = [tag for tag, _ in page.tags]
    assert (names.count("table"), names.count("svg")) == (4, 4)
    assert {"Sample", "By department", "By week", "billing", "<b>web</b>", "1,234"} <= {*page.words}
    assert {"90.0 %", "(40.0–98.2) low n", "tix 1.0.0", REPORT.log} & {*page.words} >= {"90.0 %"}
    assert REPORT.log in "".join(page.words)
    assert ("abbr", {"title": f"{CREATED.formula} ({CREATED.source})"}) in page.tags
    assert ("html", {"lang": "en"}) in page.tags


def test_a_chosen_chart_stands_alone_on_top():
    shown = paper(OVER_TIME, BY_GROUP)
    page = check(html(shown, VIEW, chart(shown, "pie")))

    names = [tag for tag, _ in page.tags]
    assert names.count("svg") == 1
    assert names.index("svg") < names.index("table")


def test_a_picture_does_not_repeat_the_heading_above_it():
    page = html(paper(OVER_TIME, BY_GROUP), VIEW)

    assert page.count('class="title plot_title"') == 1
    assert page.count("<title>By week</title>") == 1


def test_a_page_of_one_table_has_no_second_heading():
    page = check(html(paper(OVER_TIME._replace(title="Sample")), VIEW))

    assert [tag for tag, _ in page.tags].count("h2") == 1


def test_the_same_report_is_the_same_page():
    assert html(PAPER, VIEW) == html(PAPER, VIEW)


@settings(max_examples=30)
@given(hostile)
def test_whatever_strangers_write_is_text_in_a_page(text: str):
    rows = (Row((text,), BY_GROUP.rows[0].figures), *BY_GROUP.rows)
    shown = paper(BY_GROUP._replace(rows=rows, title=text))
    shown = shown._replace(report=replace(shown.report, query=text, title=text, notes=(text,)))

    check(html(shown, VIEW))
