"""Bringing tickets in: a source yields drafts, all are checked, then all are written.

``rows`` reads CSV, ``maps`` and ``mapped`` make drafts of it, ``objects`` of plain JSONL,
``zendesk`` of the folder of tables that Zendesk exports. ``ready`` holds a draft against the
desk, ``people`` finds or makes who is named, ``events`` tells the ticket's life, and ``run``
puts it all into one transaction. What ``tix export`` wrote is read by ``exported``, looked
through by ``survey`` and written by ``restore``, event by event.
"""
