"""Copy rules: leftovers and praise."""
