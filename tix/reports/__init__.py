"""Reports: every figure is a pure function of facts, a range and the instant it is looked at."""
