"""What every written workbook is made with: writing, styles, pages, tables."""
