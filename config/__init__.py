"""Wiring: settings, addresses, health; it holds no word of the domain."""
