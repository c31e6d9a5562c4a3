"""Commands as lines of JSON: what a dry run prints and ``tix apply`` takes."""
