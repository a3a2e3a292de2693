"""What websites know us by: the vault of log-ins."""
