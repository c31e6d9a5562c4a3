"""``tix help query``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Columns, Paragraph, Section, section
from tix.domain.query import FIELDS, STATES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.cli.call import Call

_TERMS = (
    ("field:value", "the field is so"),
    ("field:a,b", "one or the other"),
    ("field!=a,b", "neither"),
    ("field:lo..hi", "from lo to hi, both included; either may be missing"),
    ("no:field  has:field", "it has none, it has any"),
    ("field:none", "it has none, or in a list: field:none,alice"),
    ("is:STATE", "a state, see below"),
    ("query:NAME", "all terms of a saved query (tix query -h)"),
    ("word  'two words'", "in the subject, a message or a note"),
    ('field:"two words"', "a value with blanks or commas in it"),
    ("field.NAME:value", "a field of your own"),
)
EXAMPLES = """
tix list prio:high.. tag:billing,refund assignee!=alice due:..fri
tix list is:unassigned created:-2d.. customer:@acme.test
tix list is:closed closed:2026-11-01..2026-11-15 has:attachments
tix list is:unanswered waiting:4h.. --sort -waiting --group-by dept
"""


def sections(call: Call) -> Sequence[Section]:
    """Return the language of queries: terms, fields, what values find, states."""
    fields = [(field.name, field.help) for field in FIELDS.values()]
    return (
        section(
            "",
            Paragraph(
                "A query is a row of terms, and a ticket matches if all of them hold; commas are "
                "the or within a field, and != is the not. No sign of it needs quotes in a "
                "shell; case does not count."
            ),
            Paragraph(
                "Lists are of open tickets unless a term tells the status or the number, and "
                "never of the trash unless it is asked for; --all lifts the first."
            ),
        ),
        section("Terms", Columns(_TERMS)),
        section("Fields", Columns(fields)),
        section("What a value finds", Columns([*_kinds()])),
        section("States", Columns([(name, state.help) for name, state in STATES.items()])),
        section("Examples", Code(EXAMPLES)),
        section(
            "Order, groups, words",
            Paragraph(
                "--sort takes fields, with a minus for the greatest first: --sort -waiting,id. "
                "--group-by FIELD and --count tell how many there are. An address such as "
                "http://x.test is words; text:stauts:open looks for just that."
            ),
            Paragraph("tix help synonyms has other words for fields, tix help dates the dates."),
        ),
    )


def _kinds() -> Iterator[tuple[str, str]]:
    """Yield what a value finds, with the fields for which it is so."""
    for kind in Kind:
        names = [field.name for field in FIELDS.values() if field.kind is kind]
        if names:
            yield ", ".join(names[:3]) + (" ..." if len(names) > 3 else ""), kind.value
