"""Promises to customers: levels, the clocks they start, and whether they were kept."""
