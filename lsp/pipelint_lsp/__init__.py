"""The language server of pipelint: a thin shell over the checker, for any editor."""
