"""Two articles, or all, compared: similarity, all pairs above a threshold, shared passages."""
