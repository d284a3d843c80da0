"""Mutation testing of the rules and of what evaluates them: each mutant is one small mistake, and
the tests must notice it. ``make mutants`` runs all of it."""
