"""Filling somebody else's sheet: a platform's import list or form, by a map that people write."""
