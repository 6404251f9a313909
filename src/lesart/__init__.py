"""Lesart compares how German and English news frame one event."""
