"""The index: numbers of every article of a corpus, kept in one SQLite file."""
