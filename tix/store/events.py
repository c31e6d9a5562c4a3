"""Events as documents: a body that is large stands in a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import decode, encode
from tix.domain.event import BODY, Event
from tix.store.page import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LARGE_BODY_BYTES = 16 * 1024

_BODY_FILE = "body_file"


class EventDocuments:
    """Makes documents of events and events of documents; files go through *put* and *get*."""

    def __init__(self, put: Callable[[bytes], str], get: Callable[[str], bytes]) -> None:
        self._put = put
        self._get = get

    def events(self, documents: Iterable[dict[str, Any]]) -> tuple[Event, ...]:
        """Return the events of *documents*.

        Raises:
            DeskDamaged: One is no event, or its body is missing.
        """
        try:
            return tuple(decode(Event, self._with_body(document)) for document in documents)
        except (TypeError, ValueError, KeyError) as error:
            raise damaged("a history", f"an event in it cannot be read ({error})") from error

    def document(self, event: Event) -> dict[str, Any]:
        """Return the document of *event*."""
        document = encode(event)
        body = event.body
        if body is not None and len(body) > LARGE_BODY_BYTES // 4:
            content = body.encode()
            if len(content) > LARGE_BODY_BYTES:
                data = {name: value for name, value in document["data"].items() if name != BODY}
                document["data"] = {**data, _BODY_FILE: self._put(content)}
        return document

    def _with_body(self, document: dict[str, Any]) -> dict[str, Any]:
        sha256 = document.get("data", {}).get(_BODY_FILE)
        if sha256 is None:
            return document
        data = {name: value for name, value in document["data"].items() if name != _BODY_FILE}
        try:
            return {**document, "data": {**data, BODY: self._get(sha256).decode()}}
        except FileNotFoundError as problem:
            raise damaged(str(problem.filename), "it is missing") from None
