"""The help desk in your shell."""

__version__ = "0.1.0"
