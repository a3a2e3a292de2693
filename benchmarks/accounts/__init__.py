"""How long sign-in takes for those who exist and for those who do not."""
