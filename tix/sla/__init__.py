"""``tix-sla``, the checker that cron and monitors start: light, silent, and never in doubt.

It reads its own options, so that a check every minute does not load what commands need.
"""
