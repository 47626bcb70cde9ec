"""Copy rules: leftovers, placeholders, filler, clickbait and praise."""
