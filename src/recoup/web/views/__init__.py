"""Pages: each reads a form, calls a service and shows a template. Nothing is decided here."""
