"""Measurements against limits: one run prints every figure and its ratio."""
