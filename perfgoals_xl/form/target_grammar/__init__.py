"""What a target value says, step by step: spelling, tokens, items, clauses."""
