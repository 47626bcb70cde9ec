"""Words and sentences: the lists, the forms of words, and the one view of a sentence."""
