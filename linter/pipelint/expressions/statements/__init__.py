"""JEXL 3.0 as a script: statements, which need a setting of the account."""
