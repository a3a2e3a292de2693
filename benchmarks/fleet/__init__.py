"""A thousand invented websites of many kinds, watched by real workers: is anything lost, double or wrong?"""
