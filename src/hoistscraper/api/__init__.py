"""The API: what people and programs ask over HTTP, and the wire forms of what they get."""
