"""The laboratory: the rules are tried on people who do not exist, and what comes out is counted."""
