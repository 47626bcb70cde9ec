"""A page: what it says about itself, how it is laid out, and for whom."""
