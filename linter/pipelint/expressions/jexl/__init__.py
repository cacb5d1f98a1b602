"""JEXL 3.0, the language between the delimiters: one expression."""
