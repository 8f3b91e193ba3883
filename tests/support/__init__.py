"""Programs of others that the tests check our workbooks with: LibreOffice, the Open XML SDK."""
