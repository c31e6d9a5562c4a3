"""Telling others what has happened: programs of the user's own."""
