"""The funds in the head of a form: their blocks, columns, sentences."""
