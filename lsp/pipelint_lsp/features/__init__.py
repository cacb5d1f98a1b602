"""Features of the server, one a module: from a snapshot and an offset to plain values."""
