"""A command as a process: its streams, signals, temporary files, and how every end is told.

Exit codes: what the command says, 2 for an unusable input, call or place, 70 for a bug of ours, 130
for Ctrl+C, 143 when it was ended from outside.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from perfgoals_xl import interrupts, usage
from perfgoals_xl.console import silence, tell
from perfgoals_xl.errors import InputError
from perfgoals_xl.garbage import rarely_collected
from perfgoals_xl.storage import place_faults, temporary

EXIT_UNUSABLE, EXIT_OUR_FAULT = 2, 70


def run(app: Callable[..., Any]) -> NoReturn:
    """Calls a typer application and ends the process as it ended."""
    _prepare_streams()
    code = EXIT_OUR_FAULT
    with rarely_collected(), _quiet_remains(), interrupts.listening():
        try:
            temporary.begin()
            code = _outcome(app)
            interrupts.ignore()
        except (KeyboardInterrupt, SystemExit):
            # Between two of these lines.
            interrupts.ignore()
        temporary.end()
        # A signal that some library swallowed was one all the same.
        code = interrupts.code() or code
    sys.exit(code)


def _outcome(app: Callable[..., Any]) -> int:
    """Runs the command; every way in which it can end, as a code and at most one line."""
    try:
        returned = app(standalone_mode=False)
        _flush()
    except (KeyboardInterrupt, SystemExit) as end:
        return _ended(end)
    except Exception as error:
        if interrupts.code() is not None:
            # Broken off in the middle of something that made another error of it.
            return _ended(error)
        return _failed(error)
    code = returned if isinstance(returned, int) else 0
    return _ended(None) if interrupts.code() is not None else code


def _ended(end: BaseException | None) -> int:
    code = interrupts.code()
    if code is None:
        if isinstance(end, KeyboardInterrupt):
            tell("已中断。")
            return 130
        if isinstance(end, SystemExit):
            if _is_broken_pipe(end.__context__):
                return 0
            return end.code if isinstance(end.code, int) else int(bool(end.code))
        return 0
    silence(sys.stdout)
    tell("已中断。")
    return code


def _failed(error: Exception) -> int:
    kind = usage.kind_of(error)
    if kind == "help":
        # It is asked for by calling the command without anything.
        tell(str(getattr(error, "message", error)))
    elif kind == "usage":
        tell(usage.told(error))
    elif isinstance(error, InputError):
        tell(str(error))
    elif _is_broken_pipe(error):
        # The reader of our output has gone (`| head`); nothing is left to tell.
        silence(sys.stdout)
        return 0
    elif isinstance(error, OSError):
        silence(sys.stdout)
        tell(str(place_faults.input_error(error)))
    elif isinstance(error, MemoryError):
        tell("内存不足，没有完成。请关闭一些程序再试；文件很大时请拆成几个。")
    else:
        from perfgoals_xl.storage.fault_log import told_fault

        tell(f"程序内部出错（{type(error).__name__}），您的文件没有改动。{told_fault()}")
        return EXIT_OUR_FAULT
    return EXIT_UNUSABLE


def _is_broken_pipe(error: BaseException | None) -> bool:
    # On Windows a pipe that nobody reads is an invalid argument.
    return isinstance(error, OSError) and (
        error.errno == errno.EPIPE
        or (os.name == "nt" and error.errno == errno.EINVAL and error.filename is None)
    )


def _flush() -> None:
    """What is still on its way to standard output, as long as a fault of it can be told."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _prepare_streams() -> None:
    """Three streams that exist, in UTF-8.

    A stream that was closed before the start (``>&-``) leaves its number free for the next file
    that is opened, which then would receive what is printed. In its place comes one that refuses.
    """
    for number, stream in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDONLY)
            if number and getattr(sys, stream) is None:
                setattr(sys, stream, open(number, "w", closefd=False))  # noqa: SIM115
    for output in (sys.stdout, sys.stderr):
        # A Windows console of another code page cannot print Chinese; JSON is UTF-8 by contract.
        reconfigure = getattr(output, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def _quiet_remains() -> Iterator[None]:
    """Keeps Python from printing what fails while a half-written file is let go.

    The error itself has been told; a library that tries to complete its file once more when it is
    forgotten fails once more.
    """
    before = sys.unraisablehook

    def hook(remains: Any) -> None:
        if not isinstance(remains.exc_value, OSError | ValueError | KeyboardInterrupt | SystemExit):
            before(remains)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before
