"""Websites that are watched: what they are called, where they are, and lists of them to import."""
