"""LALR tables built by lark at development time, driven without it at run time."""
