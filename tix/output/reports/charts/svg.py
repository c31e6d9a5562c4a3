"""Charts as SVG by pygal: no script, no reference to anything outside, the same bytes again.

pygal lays out; its script, its numbers at random and its style are left out. Ours knows light
and dark. What a point stands for is told where the mouse rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.output.reports.charts.drawn import spread
from tix.text import cut, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from tix.output.reports.charts.chart import Chart

STYLE = """\
.tix-chart{--ink:#1c2733;--soft:#5d6b7a;--rule:#dfe4ea;--c0:#2f6fb5;--c1:#d9822b;--c2:#3a9a6b;\
--c3:#b0508f;--c4:#8a7a2e;--c5:#6a6f78;--c6:#a9b1ba;font-family:system-ui,-apple-system,\
"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:12px}
@media (prefers-color-scheme:dark){.tix-chart{--ink:#e6ebf1;--soft:#9aa7b5;--rule:#323c48;\
--c0:#6aa9e9;--c1:#f0a458;--c2:#63c794;--c3:#dc87bf;--c4:#cdbb62;--c5:#a3abb6;--c6:#66717d}}
@media print{.tix-chart{--ink:#000;--soft:#444;--rule:#ccc}}
.tix-chart text{fill:var(--soft);stroke:none}
.tix-chart .background{fill:none}
.tix-chart .plot_title{fill:var(--ink);font-size:14px;font-weight:600;text-anchor:middle}
.tix-chart .axis.x text{text-anchor:middle}
.tix-chart .axis.y text{text-anchor:end}
.tix-chart .guide,.tix-chart .axis .line{stroke:var(--rule);fill:none}
.tix-chart .vertical .axis.x .line,.tix-chart .horizontal .axis.y .line{stroke:none}
.tix-chart .legend text{fill:var(--ink)}
.tix-chart .text-overlay text{fill:var(--ink);text-anchor:start}
.tix-chart .line{stroke-width:2}
.tix-chart .nofill{fill:none}
.tix-chart .foot{font-size:11px}
.tix-chart .dot:hover,.tix-chart .rect:hover,.tix-chart .slice:hover{opacity:.75}
"""

_WIDTH, _HEIGHT = 860, 340
_COLORS = 7
_NAME = 30
_LABELS = 10
_BAR = 26
_MARGIN, _LINE = 16, 16
_SVG = "{http://www.w3.org/2000/svg}"


def svg(chart: Chart, footer: Sequence[str] = (), *, is_titled: bool = True) -> str:
    """Return the chart as an element ``svg``, with its title above it unless that stands there.

    With the lines of a *footer* it stands alone, and has its style inside; those of a page
    share what ``style`` returns.
    """
    from xml.etree.ElementTree import fromstring, tostring

    drawn = _laid_out(chart, is_titled=is_titled).render(
        is_unicode=True, disable_xml_declaration=True
    )
    tree = fromstring(drawn)  # noqa: S314 - pygal wrote it just now
    for element in tree.iter():
        element.tag = element.tag.removeprefix(_SVG)
    tree.attrib = {
        "xmlns": _SVG.strip("{}"),
        "class": "tix-chart",
        "role": "img",
        "viewBox": tree.attrib["viewBox"],
    }
    _simplify(tree)
    _found(tree, "title").text = _words(chart.title)
    own = _found(tree, "defs/style")
    own.attrib.clear()
    own.text = style() if footer else ""
    _add_footer(tree, footer)
    return tostring(tree, encoding="unicode") + "\n"


def style() -> str:
    """Return the style of charts in a page."""
    return STYLE + _colors()


def _colors() -> str:
    return "".join(
        f".tix-chart .color-{n}{{fill:var(--c{n});stroke:var(--c{n})}}\n" for n in range(_COLORS)
    ) + (
        ".tix-chart .rect,.tix-chart .legend rect{stroke:none}\n"
        ".tix-chart .slice{stroke-width:1;stroke:var(--paper,#fff)}\n"
    )


def _pygal() -> Any:
    """Return pygal, without the way to import that it adds: Python warns of it ever after."""
    import sys

    ways = [*sys.meta_path]
    import pygal

    sys.meta_path[:] = ways
    return pygal


def _laid_out(chart: Chart, *, is_titled: bool) -> Any:
    pygal = _pygal()
    across = not chart.over_time and chart.kind != "pie"
    kind = {"line": pygal.Line, "area": pygal.StackedLine, "bar": pygal.Bar, "pie": pygal.Pie}
    labels = [cut(_words(label), _NAME) for label in chart.labels]
    rows = len(labels) * len(chart.series)
    several = len(chart.series) > 1
    made = (pygal.HorizontalBar if across else kind[chart.kind])(
        js=(),
        css=(),
        width=_WIDTH,
        height=max(160, 110 + rows * _BAR) if across else _HEIGHT,
        title=_words(chart.title) if is_titled else None,
        formatter=chart.told,
        show_legend=several or chart.kind == "pie",
        legend_at_bottom=several and chart.kind != "pie",
        legend_at_bottom_columns=min(len(chart.series), 6),
        legend_box_size=12,
        truncate_legend=-1,
        truncate_label=-1,
        allow_interruptions=True,
        fill=chart.kind == "area",
        print_values=across,
        print_values_position="top",
        show_x_guides=across,
        show_y_guides=not across,
        dots_size=3 if len(labels) <= 60 else 1,
        spacing=12,
        margin=_MARGIN,
    )
    if chart.kind == "pie":
        _add_slices(made, chart, labels)
        return made
    order = -1 if across else 1
    made.x_labels = labels[::order]
    if not across:
        made.x_labels_major = [labels[n] for n in spread(len(labels), _LABELS)]
        made.show_minor_x_labels = False
    made.y_labels = [{"value": tick, "label": chart.told(tick)} for tick in chart.ticks]
    made.range = chart.ticks[0], chart.ticks[-1]
    for series in chart.series:
        made.add(cut(_words(series.name), _NAME), list(series.values[::order]))
    return made


def _add_slices(made: Any, chart: Chart, labels: list[str]) -> None:
    """Add a slice for each value, its number and share in the legend."""
    values = [value or 0 for value in chart.series[0].values]
    whole = sum(values)
    for label, value in zip(labels, values, strict=True):
        share = f" · {100 * value / whole:.1f} %" if whole else ""
        made.add(f"{label} · {chart.told(value)}{share}", value)


def _simplify(element: Element) -> None:
    """Leave out of *element* what only a script needs, and tell values by titles."""
    from xml.etree.ElementTree import SubElement

    told = {one.get("class", ""): one.text or "" for one in element.iterfind("desc")}
    is_scale = element.get("class") == "guides"
    for child in [*element]:
        is_tooltip = "tooltip-overlay" in child.get("class", "")
        if is_tooltip or child.tag in ("script", "desc") or (is_scale and child.tag == "title"):
            element.remove(child)
        else:
            child.attrib.pop("id", None)
            _simplify(child)
    if "value" in told:
        words = filter(None, (told.get("x_label"), told["value"]))
        SubElement(element, "title").text = ": ".join(words)


def _add_footer(tree: Element, footer: Sequence[str]) -> None:
    """Add what the figures rest on below the chart."""
    from xml.etree.ElementTree import SubElement

    _, _, width, height = tree.attrib["viewBox"].split()
    for place, line in enumerate(footer):
        at = {"x": str(_MARGIN), "y": str(float(height) + _LINE * place), "class": "foot"}
        SubElement(tree, "text", at).text = _words(line)
    tree.set("viewBox", f"0 0 {width} {float(height) + _LINE * len(footer):g}")


def _words(text: str) -> str:
    """Return *text* as one line that XML can hold."""
    return one_line(text).replace("\ufffe", "").replace("\uffff", "")


def _found(tree: Element, path: str) -> Element:
    found = tree.find(path)
    if found is None:
        raise AssertionError(f"pygal draws no {path}")
    return found
