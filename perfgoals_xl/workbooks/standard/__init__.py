"""The standard workbook, a module for each of its sheets."""
