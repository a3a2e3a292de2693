"""Who did what to which thing, when, from where: written with each change, and never changed."""
