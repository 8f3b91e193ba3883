"""The department's summary workbook, a module for each of its sheets."""
