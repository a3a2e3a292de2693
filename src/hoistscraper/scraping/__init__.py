"""One scrape job told from start to end: walk a website, keep what it offers, close the books."""
