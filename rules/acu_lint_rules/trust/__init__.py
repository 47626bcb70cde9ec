"""Trust rules: who stands behind a page, how old it is, and what it owes to its readers' safety."""
