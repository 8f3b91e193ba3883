"""The bureau's rounds: the last round's book, who was to hand in, and what changed since."""
