"""Rules about keyphrases: the article as a searcher and a reader meet it."""
