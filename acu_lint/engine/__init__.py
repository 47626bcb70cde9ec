"""Run the rules over a document, and keep or silence what they find."""
