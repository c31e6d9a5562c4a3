"""What can be asked of tickets: one function, one transaction each."""
