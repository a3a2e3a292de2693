"""HoistScraper watches funding websites and keeps every call they offer, with proof."""
