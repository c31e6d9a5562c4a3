"""``tix help output``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Columns, Paragraph, Section, section
from tix.output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

MEANING = {
    "table": "for a person: as wide as the terminal, in local time",
    "plain": "for a script: a line a row, tabs between, no header, nothing cut, times in UTC; a "
    "page (tix show) as on a terminal",
    "tsv": "as plain, below a line with the names of the columns",
    "csv": "RFC 4180 with such a line; --csv-safe keeps spreadsheets from running formulas",
    "json": "one object with a schema: totals, and the records in a list",
    "jsonl": "a record a line, each with its schema",
    "ids": "an id a line, for the next command",
    "md": "Markdown, for notes and mail",
}


def sections(call: Call) -> Sequence[Section]:
    """Return what the formats are, and what scripts may rely on."""
    from tix.output.tickets.columns import PLAIN

    names = " ".join(PLAIN)
    return (
        section(
            "Formats (-o NAME; --json is -o json)",
            Columns([(name, MEANING[name]) for name in FORMATS]),
            Paragraph(
                "A flag decides; without one a terminal gets a table, or what output in your "
                "settings says, and anything else gets plain, whatever your settings say."
            ),
        ),
        section(
            "Streams",
            Paragraph(
                "Data goes to stdout, and all else to stderr: notes, warnings, questions, "
                "errors. -q keeps stderr to errors. On a terminal what is taller than it goes "
                "through your pager (--no-pager), and colours are as --color, TIX_COLOR, "
                "NO_COLOR and FORCE_COLOR say; a meaning is never in a colour alone."
            ),
        ),
        section(
            "Columns and rows",
            Paragraph(f"The plain columns of tix list are: {names}. They stay as they are."),
            Paragraph(
                "--fields a,b chooses columns, also more than are shown without it; an unknown "
                "one is an error that names them. Lists are cut only on a terminal, and then the "
                "last line says so; -L 0 is no limit."
            ),
            Paragraph(
                "In plain, tsv and ids a tab is \\t, a line break \\n, a backslash \\\\; no text "
                "of a customer can steer the terminal, in any format. Times are as they are on "
                "the clock in a table, else UTC: 2026-11-21T18:30:00Z."
            ),
        ),
        section(
            "Changes and errors",
            Paragraph(
                "A change prints the ids of what it changed, and as JSON what was changed from "
                "what to what, with the number of the operation for tix undo. With --dry-run it "
                "prints the same and does nothing; as jsonl that is what tix apply takes."
            ),
            Paragraph(
                "An error with --json is an object on the last line of stderr; its code is for "
                "scripts, its message is not."
            ),
        ),
        section(
            "JSON",
            Paragraph(
                "Every JSON object has a schema such as tix.ticket_list/1. All members are "
                "always there, null when unknown; new ones may come, so ignore those that you do "
                "not know. tix schema lists the schemas and prints them."
            ),
        ),
    )
