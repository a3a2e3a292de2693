"""The seven criteria of success, each measured and held against its budget, in one command."""
