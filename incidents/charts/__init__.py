"""Drawings of numbers as SVG: marks that lead to what they count.

Law: nothing is counted here. What is drawn comes with its number, its bounds and its query.
"""
