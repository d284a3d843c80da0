"""Values to bytes: one module a format; nothing here reads the database."""
