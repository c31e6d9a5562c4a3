"""A made-up desk with months of lifelike work on it, for practice, tests and pictures."""
