"""The expressions of `ruleset.eval`, checked as the Vela server compiles them."""
