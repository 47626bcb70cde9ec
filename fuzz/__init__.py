"""Fuzzing of acu-lint: hostile inputs for every parser and for the whole check. See README.md."""
