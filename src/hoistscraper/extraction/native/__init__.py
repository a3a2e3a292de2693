"""Calls that are written for programs: open standards in JSON and XML, known by their structure."""
