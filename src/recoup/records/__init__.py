"""Facts about people: an append-only log, encrypted, and the library texts it refers to."""
