"""The page on this PC: a server on the loopback address, for one person and one browser."""
