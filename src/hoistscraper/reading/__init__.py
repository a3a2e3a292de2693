"""What a page is and what it offers: discovery and extraction put together. Pure."""
