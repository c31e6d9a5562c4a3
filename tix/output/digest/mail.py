"""A digest as a mail that ``sendmail -t`` takes: plain text, and the page beside it."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from tix.digest import sha256
from tix.output.digest.html import html
from tix.output.digest.rows import SHOWN, headline, table
from tix.text import one_line

if TYPE_CHECKING:
    from tix.domain.digest import Digest

_WIDTH = 100


def mail(digest: Digest, to: str) -> str:
    """Return the digest as a message to *to*, an address or empty; lines end as in mail.

    The same digest makes the same message.
    """
    from tix.output import View, render

    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(headline(digest))
    if to:
        message["To"] = to
    message["Date"] = format_datetime(digest.as_of)
    message["Auto-Submitted"] = "auto-generated"
    rows = "".join(render(table(digest).select(SHOWN), "table", View(width=_WIDTH)))
    message.set_content(f"{headline(digest)}\n{rows or 'Nothing needs attention.'}\n")
    message.add_alternative(html(digest), subtype="html")
    message.set_boundary(f"tix-{sha256(rows.encode()).hexdigest()}")
    return message.as_string()
