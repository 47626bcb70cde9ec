"""What several rules share: one analysis per document, computed once."""
