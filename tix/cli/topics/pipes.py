"""``tix help pipes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Columns, Paragraph, Section, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

_REFERENCES = (
    ("12  T12  '#12'", "one ticket (# alone begins a comment in a shell)"),
    ("5-9  12,15-17", "several"),
    ("@last", "the one that you changed last on this desk"),
    ("@next", "what tix next shows"),
    ("-", "those on stdin: the first word of each line, or the id of a JSON object"),
)
EXAMPLES = """
tix list tag:vip is:unassigned -o ids | tix assign - @me | tix tag - mine
tix assign 12 alice && tix reply @last -m 'Alice looks into it.'
id=$(tix new Printer on fire -p urgent)
grep E42 error.log | tix note $id -F -
tix list is:open -o jsonl | jq -r 'select(.importance > 60) | .subject'
tix list | fzf -m -d'\\t' --with-nth=1,3,10 | tix resolve -
tix export --all | gzip > desk.jsonl.gz
tix tag --where 'category:billing is:open' money --yes
"""


def sections(call: Call) -> Sequence[Section]:
    """Return how tickets go from one command into the next."""
    return (
        section(
            "A command takes tickets as",
            Columns(_REFERENCES),
            Paragraph(
                "Nothing is read from stdin but for - . A change prints the numbers of its "
                "tickets, so that the next command can take them. All of them are changed, or "
                "none: a number that does not exist, or a ticket that refuses, stops the whole "
                "command."
            ),
            Paragraph(
                "For all that match a query there is --where as well; it shows them first and "
                "asks, and takes at most 50 unless --max says more. --yes answers before it asks."
            ),
        ),
        section("Examples", Code(EXAMPLES)),
        section(
            "Safe in scripts",
            Paragraph(
                "A reader that stops early (head -1) ends tix with 141, in silence. --key KEY "
                "does a thing once, however often a script runs; --if-rev N only if the ticket is "
                "as it was; --dry-run shows what would be done, and tix undo takes it back. Many "
                "changes in one go are for tix apply."
            ),
        ),
    )
