"""What the API and search are measured on."""
