"""From grids to forms: labels, columns, rows, heads, funding blocks."""
