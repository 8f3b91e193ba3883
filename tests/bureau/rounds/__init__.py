"""Tests of the bureau's rounds."""
