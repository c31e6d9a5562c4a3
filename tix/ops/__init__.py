"""What can be asked for: one function, one transaction each."""
