"""The version of the standard workbook, which its cover sheet states."""

from __future__ import annotations

TEMPLATE_VERSION = "1"
"""Raised whenever the layout or the lists of the standard workbook change."""
