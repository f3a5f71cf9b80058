"""The entailment model: how right it is on sets of pairs, how fast, and what retrieval finds."""
