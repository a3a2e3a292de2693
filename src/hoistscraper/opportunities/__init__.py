"""Opportunities: is it the same call, what changed, which website says what, and how it is kept."""
