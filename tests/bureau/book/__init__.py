"""The sheets of the bureau's book."""
