"""The sheets of the bureau's book, streamed row by row."""
