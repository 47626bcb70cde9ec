"""A text as a rule sees it: source, blocks, sentences, words, language, and facts measured once."""
