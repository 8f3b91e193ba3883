"""Several sources of one department: which of their projects are the same, and which count."""
