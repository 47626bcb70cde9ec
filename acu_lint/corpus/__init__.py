"""Articles compared with each other: which ones repeat which, how much, and where."""
