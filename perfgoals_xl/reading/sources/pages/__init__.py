"""Formats without cells of their own: texts, web pages, PDF, all laid out as rows."""
