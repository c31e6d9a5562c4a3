"""Promises to customers: put on tickets, looked at, explained and counted."""
