"""The process that reads and writes for the page: what it does, one task after the other."""
