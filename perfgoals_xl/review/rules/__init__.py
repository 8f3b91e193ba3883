"""One module per family of rules; its twin of the same name stands in the catalogue."""
