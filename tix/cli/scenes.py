"""What lists and pages need to know of the desk to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.output.tickets import Scene

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.ops.queries import Listing


def scene_of(call: Call, listing: Listing) -> Scene:
    """Return what the look of the tickets of *listing* depends on."""
    return Scene(listing.now, call.desk.zone, listing.setup, listing.ranking)


def envelope(call: Call, listing: Listing) -> dict[str, object]:
    """Return the members of the JSON envelope beside the tickets."""
    return {
        "as_of": encode_time(listing.now),
        "tz": str(call.desk.zone),
        "query": str(listing.query),
        "total": listing.total,
        "count": len(listing.rows),
        "truncated": len(listing.rows) < listing.total,
    }
