"""Charts of a report: what is drawn, apart from how it looks."""

KINDS = ("line", "area", "bar", "pie")
