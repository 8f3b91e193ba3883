"""The rules about what a target value says: its words, unit and sign, and its name (family V)."""
