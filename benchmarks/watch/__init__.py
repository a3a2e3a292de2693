"""A real Prometheus and a real Alertmanager over a system in trouble: does every alert come, and go?"""
