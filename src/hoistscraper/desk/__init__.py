"""What each user keeps for oneself: marks on opportunities, and searches by name. Nobody else sees it."""
