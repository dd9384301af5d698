"""The desk where analysts log incidents and reviewers publish them.

Law: a desk declares; rules live in models and constraints, transitions in `services`.
"""

from . import accounts, directories, incident, records

__all__ = ["accounts", "directories", "incident", "records"]
