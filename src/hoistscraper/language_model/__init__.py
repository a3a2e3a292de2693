"""A language model, where there is one: asked for what the rules miss, believed only with proof."""
