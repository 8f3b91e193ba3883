"""The sums of a department's own form."""
