"""Recoup: rehabilitation programs compiled from text."""

__version__ = "0.1.0"
