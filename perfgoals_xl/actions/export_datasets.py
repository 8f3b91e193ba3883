"""The data of many departments as Parquet datasets, from files and folders of them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from perfgoals_xl.actions.department_book import Reading
from perfgoals_xl.bureau.consolidation import LOST, engine_of
from perfgoals_xl.bureau.dataset import write_datasets
from perfgoals_xl.bureau.digest import digests, lost
from perfgoals_xl.bureau.engines import default_jobs
from perfgoals_xl.bureau.settling import Settled
from perfgoals_xl.bureau.source_files import in_batches, source_files
from perfgoals_xl.console import tell, with_progress
from perfgoals_xl.storage.files import telling_disk_faults
from perfgoals_xl.storage.permissions import withhold
from perfgoals_xl.storage.scratch import scratch_folder


def export_datasets(sources: Sequence[Path], folder: Path, reading: Reading) -> None:
    """Writes the datasets of all files, and tells which were left out.

    A file of a folder that cannot be read is left out; one that was named raises ``InputError``.
    """
    files = source_files(sources, folder)
    withhold(files)
    work = functools.partial(digests, reviewed=False, include_hidden=reading.include_hidden)
    batches = in_batches(files, reading.jobs or default_jobs())
    strict = not any(source.is_dir() for source in sources)
    with telling_disk_faults(folder), scratch_folder() as scratch:
        chosen = engine_of(reading.engine, reading.jobs, reading.scheduler, len(files), scratch)
        read = chosen.map(work, batches, functools.partial(lost, reason=LOST))
        counted = Settled(with_progress(read, len(files)), scratch, numbered=False)
        written = write_datasets(counted, folder, strict=strict)
    for file, reason in (*written.notes, *written.left_out):
        tell(f"注意：{file}：{reason}")
    tell(
        f"已写出 {folder}：{written.files} 个文件，{written.projects} 个项目，"
        f"{written.indicators} 个指标。"
    )
