"""What is held about somebody as files to take along: JSON, and CSV in a ZIP."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime

from matchmaker.exchange.writing import spreadsheet_csv
from matchmaker.privacy.queries import Part, Value


def as_json(parts: Sequence[Part]) -> bytes:
    whole = {part.key: part.rows for part in parts}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_written).encode()


def as_zip(parts: Sequence[Part]) -> bytes:
    """One table a file, and all of it as JSON, which keeps lists as they are.

    The same data give the same bytes, whenever they are packed.
    """
    out = io.BytesIO()
    files = {"my-data.json": as_json(parts)}
    files |= {f"{part.key}.csv": _as_csv(part) for part in parts}
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _as_csv(part: Part) -> bytes:
    rows = ([_cell(row[name]) for name in part.columns] for row in part.rows)
    return spreadsheet_csv(part.columns, rows)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str | datetime):
        return _written(value)
    return json.dumps(value, ensure_ascii=False, default=_written)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
