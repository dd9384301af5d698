"""Lines as Parquet: typed columns, what they are in the file's metadata."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

import pyarrow as pa
from pyarrow import parquet

from incidents.tables.cells import Cell
from incidents.tables.columns import Kind

MEDIA_TYPE: Final = "application/vnd.apache.parquet"
GROUP: Final = 20_000
_TYPES: Final[dict[Kind, pa.DataType]] = {
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("us", tz="UTC"),
}


def write(
    file: IO[bytes], cells: Sequence[Cell], columns: Iterable[list[Sequence[Any]]], about: bytes
) -> None:
    """Write lines that come column by column; `about` says as JSON what they are."""
    fields = [
        pa.field(cell.name, _type(cell), metadata={"description": cell.says}) for cell in cells
    ]
    schema = pa.schema(fields, metadata={"about": about})
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        for some in columns:
            made = [_array(cell, column) for cell, column in zip(cells, some, strict=True)]
            waiting.append(pa.record_batch(made, schema=schema))
            if sum(batch.num_rows for batch in waiting) >= GROUP:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))


def _type(cell: Cell) -> pa.DataType:
    return pa.string() if cell.labels is not None else _TYPES.get(cell.kind, pa.string())


def _array(cell: Cell, column: Sequence[Any]) -> pa.Array:
    """Return a column of its type; what is empty is null."""
    kind = _type(cell)
    if kind == pa.int64():
        return pa.array(column, pa.int64())
    text = pa.array([None if value in (None, "") else str(value) for value in column], pa.string())
    return text.cast(kind)
