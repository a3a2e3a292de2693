"""Whatever dies at whatever moment, every website ends with exactly the rows of an undisturbed run."""
