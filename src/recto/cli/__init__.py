"""The command line: `recto COMMAND …`.

One module of this package is one command: `cli/facts.py` holds `recto facts`. To add a command, add its module,
and in it a click command named `command`; nothing else needs to know. It is found by its file name (a leading
underscore marks what is no command) and imported only when it is asked for: a command pays for itself alone.
In such a module:

- decorate with `@source_argument` and `@source_options` (from `recto.cli._options`) where a filing is read, and turn
  what they give into a filing with `open_filing(source, options)`: all commands then read a SOURCE alike;
- import heavy things (and the rooms of recto) inside the function, not at the top;
- print results with `click.echo` or through `output(path)` of `recto.cli._output`, messages with its `message(…)`;
- end with `ctx.exit(FAILED)` when the work is done and the filing has errors. A `RectoError` may simply fly:
  `main` prints it as one line and exits with 2;
- hold no logic that a user of the library would miss: that belongs in the rooms, the command only prints.

Then run `make docs`: `docs/cli.md` is made from the commands, and a test tells when it is behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from recto.absent import forgo

OK, FAILED, UNREADABLE = 0, 1, 2
"""Exit statuses: done; done, but the filing has errors or some of several sources failed; usage, or nothing to read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that `arguments` (default: the process's own) name, and returns its exit status.

    No exception leaves here as a traceback, unless RECTO_DEBUG is set in the environment.
    """
    _tune_collector()
    if arguments is None:  # a process of our own; who calls with arguments may have frames
        forgo("pandas")
    _end_in_order()
    _open_streams()
    status = _run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
    except (OSError, ValueError) as error:
        if status != UNREADABLE:  # else it has been told
            from recto.cli._output import explain

            explain(error)
        _forget_stdout()
        return UNREADABLE
    return status


def _run(arguments: Sequence[str] | None) -> int:
    try:
        import click
    except ModuleNotFoundError:
        print("recto: the commands need click and rich: pip install 'recto[cli]'", file=sys.stderr)
        return UNREADABLE
    from recto import settings
    from recto.cli._app import app
    from recto.cli._output import explain
    from recto.errors import RectoError

    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        result = app.main(args=given, prog_name="recto", standalone_mode=False)
        return result if isinstance(result, int) else OK
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return UNREADABLE
    except RectoError as error:
        explain(error)
        return UNREADABLE
    except (click.Abort, KeyboardInterrupt):
        print("recto: stopped", file=sys.stderr)
        return 130
    except (BrokenPipeError, SystemExit):  # click makes the one of the other
        _forget_stdout()
        return OK
    except Exception as error:
        if settings.debug():
            raise
        explain(error)
        return UNREADABLE


def _open_streams() -> None:
    """Standard streams that take any text: characters that their encoding lacks are written out (`\\u2019`).

    Where standard output is closed (`>&-`), whatever is written to it fails as it does for other programs, and does not
    end up in the file that is opened next.
    """
    import codecs

    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the rest of the process
    if sys.stdout is None:
        closed = os.open(os.devnull, os.O_RDONLY)
        sys.stdout = open(closed, "w", encoding="utf-8")  # noqa: SIM115
    codecs.register_error(ESCAPE, _written_out)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=ESCAPE)


ESCAPE = "recto.escape"
"""The name of the error handler of `_open_streams`."""


def _written_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    codes = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{code}" for code in codes), error.end


def _end_in_order() -> None:
    """A command that is asked to end (SIGTERM, SIGHUP) ends as on Ctrl-C: what it was writing is let go of."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _tune_collector() -> None:
    """A command builds a large model once and ends: frequent full collections would only walk it again and again.

    Nor need the collector look at all that is left when the process ends.
    """
    import atexit
    import gc

    gc.set_threshold(500_000, 20, 100)
    atexit.register(gc.freeze)


def _forget_stdout() -> None:
    """The reader of our output has left (`recto facts … | head`): what is still buffered must not raise at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
