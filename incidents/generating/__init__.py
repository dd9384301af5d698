"""Invented incidents in any number, as plain rows by table, for measuring and nothing else.

Law: the same number and seed always give the same rows, which are what the services would have
stored of the same content; nothing here reads or writes a database.
"""

from .columns import COLUMNS, Batch, Column, Keys, Row
from .rows import BATCH, batches

__all__ = ["BATCH", "COLUMNS", "Batch", "Column", "Keys", "Row", "batches"]
