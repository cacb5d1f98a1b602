"""What was found in a file, remembered until something that it depends on changes.

An answer depends on the file's path and content, the settings that hold for it, the flags of the
run, the program itself, and the files that the rules asked for: those are asked for again.
"""

from pipelint.cache.answers import Cache

__all__ = ["Cache"]
