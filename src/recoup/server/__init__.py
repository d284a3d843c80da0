"""Wiring: settings, addresses and the WSGI entry. Nothing below imports it."""
