"""What stands in ``deploy/``."""
