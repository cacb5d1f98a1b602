"""`<+input>` with what may follow it: a small language of its own."""
