"""Use cases: each reads a person's log, decides with `care`, and appends what happened."""
