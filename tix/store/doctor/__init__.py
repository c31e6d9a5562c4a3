"""Whether a desk is healthy, and what can be done if it is not."""
