"""The version of the package, told once: the build reads it here, and so does the command."""

__version__ = "0.1.0"
