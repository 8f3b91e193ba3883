"""Last year's declaration against this year's."""
