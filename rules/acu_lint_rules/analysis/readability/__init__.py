"""How hard a text is to read: counts, formulas and what makes a sentence hard."""
