"""The Vela dialect."""
