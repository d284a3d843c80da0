"""Clinical decisions: pure functions from frozen values to decisions with their reasons."""
