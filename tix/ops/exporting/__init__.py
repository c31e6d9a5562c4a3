"""Taking tickets out: ``jsonl`` makes an equal desk of it, ``sheet`` is for a spreadsheet."""
