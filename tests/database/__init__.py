"""Tests of the database room, and the servers that other rooms' tests use."""
