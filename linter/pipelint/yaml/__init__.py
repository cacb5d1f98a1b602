"""Text into nodes with exact places: YAML as the platforms read it."""
