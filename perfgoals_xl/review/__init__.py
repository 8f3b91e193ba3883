"""The review: what the finance bureau would send back, found before it does."""
