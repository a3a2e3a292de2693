"""Backups that can be trusted: one file each, checked before it gets its name, and ways back from it."""
