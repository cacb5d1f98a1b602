"""The rules of Vela, one module a family."""
