"""The web app: what its pages load, when they paint and show what they are for, how fast a list answers."""
