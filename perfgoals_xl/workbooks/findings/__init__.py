"""The findings in a workbook: their table, the marked copy, highlights."""
