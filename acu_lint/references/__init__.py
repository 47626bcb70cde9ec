"""The works that articles lean on: records, works, and whether they exist."""
