"""Searching a million opportunities: by how frequent the words are, by order and by filter."""
