"""Two articles, or all, compared: cosines, all pairs above a threshold, shared passages."""
