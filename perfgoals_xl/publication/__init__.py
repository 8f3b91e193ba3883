"""The tables as they are published: a Word document, and a PDF where LibreOffice is installed."""
