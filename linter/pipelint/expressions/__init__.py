"""The language of `<+…>`: found in a text, parsed, typed. Nothing here knows a pipeline."""
