"""From a page to candidates: what a call's page states, each value with its proof. Pure."""
