"""A person's open workbook: read, checked, marked, edited and filed."""
