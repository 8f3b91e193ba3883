"""From the bytes of a file to grids; nothing behind ``Grid`` knows a format."""
