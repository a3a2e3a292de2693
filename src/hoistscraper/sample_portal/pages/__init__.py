"""The pages of the sample portal: each function returns one finished page as text."""
