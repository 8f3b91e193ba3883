"""Files as they are written: whole or not at all, never over work that is not ours."""
