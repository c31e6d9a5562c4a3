"""Calls and chats as other programs tell of them: JSONL, line by line."""
