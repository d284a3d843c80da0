"""Hearing a finished film out: which of the words that it says are heard, and when."""
