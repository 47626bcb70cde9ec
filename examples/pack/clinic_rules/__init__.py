"""The rules of our clinic: a card for each, and the functions that some of them name."""
