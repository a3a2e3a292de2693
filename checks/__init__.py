"""What `make check` and a release ask of the packages that we build on."""
