"""The bureau's side: the declarations of many departments, read at once, in one workbook."""
