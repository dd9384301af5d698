"""A page of a stranger is asked for, in bounds and without telling what stands behind us.

Law: nothing else in the project opens a connection outward. An address is dialled only as it
was looked at, every redirect is looked at again, and no setting turns that off.
"""

from .answers import Answer, Redirect, Unreachable
from .asking import fetch
from .limits import LIMITS, Limits

__all__ = ["LIMITS", "Answer", "Limits", "Redirect", "Unreachable", "fetch"]
