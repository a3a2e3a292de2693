"""A load test that people run against their own server: users who read as people do, and what they met."""
