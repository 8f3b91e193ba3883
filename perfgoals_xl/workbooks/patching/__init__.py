"""A workbook of the staff, patched part by part: what is not named stays byte for byte."""
