"""The add-in built, installed, diagnosed and taken away again."""
