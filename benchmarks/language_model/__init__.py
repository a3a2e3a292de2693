"""What a language model adds to what the rules read, and what it costs."""
