"""The language server of pipelint; not released yet."""
