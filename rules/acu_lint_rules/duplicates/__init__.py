"""Rules that compare an article with the others of the site."""
