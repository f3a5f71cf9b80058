"""Pairs made from news articles: a passage, and a sentence that says the same, another thing, or more than it."""
