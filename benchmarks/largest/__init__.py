"""The largest pages that are fetched, in every form: what reading one takes."""
