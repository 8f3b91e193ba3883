"""What opens the page by a click: links, menu entries, scripts, and whether it can run."""
