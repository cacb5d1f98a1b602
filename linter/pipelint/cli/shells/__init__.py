"""Scripts that complete a command line, one module a shell, each made from the same offers."""
