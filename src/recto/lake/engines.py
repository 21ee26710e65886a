"""Where workers run: processes of this machine, or Ray's actors. Both run `recto.lake.worker.Worker`.

An engine has numbered workers. Each says `Ready` when it has started, is sent one message at a time and answers once; a
worker that dies answers `Died` and has been replaced by a new one when that is told.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from typing import Any, Protocol

from msgspec import Struct

from recto.errors import SourceError, UsageError
from recto.lake.worker import KILLED, Plan, Ready, Worker, receive, send, until_too_large

_LAST_WORD = 0.5
"""Seconds that an actor has to say why it ends itself."""


class Died(Struct):
    """A worker ended, and what it had gathered is lost. `why`: `memory`, or words for a signal or an exit status."""

    why: str


class Engine(Protocol):
    workers: int

    def send(self, worker: int, message: Any) -> None: ...

    def wait(self, timeout: float) -> list[tuple[int, Any]]:
        """Answers that have come, waiting for the first of them at most `timeout` seconds."""

    def kill(self, worker: int) -> None:
        """Ends a worker that is at work: it will answer `Died`."""

    def stop(self) -> None: ...


class LocalEngine:
    """Worker processes on this machine. They end when this process does, however it ends."""

    def __init__(self, plan: Plan, workers: int):
        self.workers = workers
        self._plan = plan
        self._answers: queue.Queue[tuple[int, Any]] = queue.Queue()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._stopping = False
        self._listeners: list[threading.Thread] = []
        for number in range(workers):
            self._start(number)

    def _start(self, number: int) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", "from recto.lake.worker import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._running[number] = process
        with contextlib.suppress(BrokenPipeError):
            send(process.stdin, self._plan)
        listener = threading.Thread(target=self._listen, args=(number, process), daemon=True)
        self._listeners.append(listener)
        listener.start()

    def _listen(self, number: int, process: subprocess.Popen[bytes]) -> None:
        try:
            while True:
                self._answers.put((number, receive(process.stdout)))
        except Exception:  # the worker has ended, perhaps in the middle of an answer
            status = process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            if not self._stopping:
                why = "memory" if status == KILLED else _ended_by(status)
                self._start(number)
                self._answers.put((number, Died(why)))

    def send(self, worker: int, message: Any) -> None:
        with contextlib.suppress(BrokenPipeError):  # its death is told by the listener
            send(self._running[worker].stdin, message)

    def wait(self, timeout: float) -> list[tuple[int, Any]]:
        found = []
        with contextlib.suppress(queue.Empty):
            found.append(self._answers.get(timeout=timeout))
            while True:
                found.append(self._answers.get_nowait())
        return found

    def kill(self, worker: int) -> None:
        self._running[worker].kill()

    def stop(self) -> None:
        self._stopping = True
        for process in self._running.values():
            with contextlib.suppress(OSError):
                if process.stdin is not None:
                    process.stdin.close()
        for process in self._running.values():
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for listener in self._listeners:
            listener.join(timeout=5)


def _ended_by(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    import signal

    with contextlib.suppress(ValueError):
        name = signal.Signals(-status).name
        return "SIGKILL: perhaps the system's memory ran out" if name == "SIGKILL" else name
    return f"signal {-status}"


class _Actor:
    """A worker inside a Ray actor, with a second thread that looks after its memory."""

    def __init__(self, plan: Plan):
        self._worker = Worker(plan)
        self._ending = False

    def watch(self) -> str | None:
        """Returns `memory` when too much is taken, and ends the process soon after: Ray does not always learn with
        which status a process ended, but it delivers an answer.
        """
        if not until_too_large(self._worker.plan.memory):
            return None
        self._ending = True
        threading.Timer(_LAST_WORD, os._exit, (KILLED,)).start()
        return "memory"

    def ready(self) -> Ready:
        return Ready()

    def handle(self, message: Any) -> Any:
        try:
            answer = self._worker.handle(message)
        except Exception as error:
            from recto.lake.worker import finding_of

            answer = finding_of(error, self._worker.plan.lake)
        if self._ending:  # what took too much is not done, however soon it was
            time.sleep(10 * _LAST_WORD)
        return answer


def _reach(address: str) -> None:
    """Ray waits for minutes for a cluster that is not there, and says so on stderr: asks first whether anybody answers.

    Raises `UsageError` for what is no address, `SourceError` where nobody answers.
    """
    import socket

    client = address.startswith("ray://")
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise UsageError(f"{address!r} is no address of a Ray cluster: give HOST:PORT", code="recto:cluster")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=5).close()
    except (OSError, UnicodeError):
        usual = "10001" if client else "6379"
        raise SourceError(
            f"no Ray cluster answers at {address} (usually port {usual})", code="recto:cluster", document=address
        ) from None


class RayEngine:
    """Ray's actors, one core each, on a cluster (`address`) or on this machine.

    `workers`: None for as many as the cluster has cores; never more than that. Raises `UsageError` for what is no
    address, `SourceError` where no cluster answers there.
    """

    def __init__(self, plan: Plan, workers: int | None, address: str | None = None):
        try:
            import ray
        except ModuleNotFoundError:
            raise SourceError("this engine needs ray: pip install 'recto[ray]'", code="recto:extra") from None
        import logging
        import warnings

        self._ray: Any = ray
        self._ours = not ray.is_initialized()
        if self._ours and address:
            _reach(address)
        if self._ours:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if address:
                    try:
                        ray.init(address=address, logging_level=logging.ERROR, log_to_driver=False)
                    except (ConnectionError, RuntimeError, ValueError) as error:
                        raise SourceError(
                            f"the Ray cluster at {address} does not let recto in: it has another version of Ray or"
                            f" Python, or asks for a token (RAY_AUTH_MODE): {str(error).partition(chr(10))[0]}",
                            code="recto:cluster",
                            document=address,
                        ) from None
                else:
                    ray.init(  # one of its own, also where another program's cluster runs on this machine
                        address="local",
                        num_cpus=workers,
                        include_dashboard=False,
                        logging_level=logging.ERROR,
                        log_to_driver=False,
                    )
        cores = int(self._ray.cluster_resources().get("CPU", 0)) or 1
        workers = self.workers = min(workers or cores, cores)  # an actor without a core would wait for ever
        self._plan = ray.put(plan)
        self._class: Any = self._ray.remote(num_cpus=1, max_restarts=0, max_concurrency=2)(_Actor)
        self._actors: dict[int, Any] = {}
        self._watches: dict[int, Any] = {}
        self._pending: dict[Any, int] = {}
        for number in range(workers):
            self._start(number)

    def _start(self, number: int) -> None:
        self._actors[number] = self._class.remote(self._plan)
        self._pending[self._actors[number].ready.remote()] = number
        self._watches[number] = self._actors[number].watch.remote()

    def send(self, worker: int, message: Any) -> None:
        self._pending[self._actors[worker].handle.remote(message)] = worker

    def wait(self, timeout: float) -> list[tuple[int, Any]]:
        if not self._pending:
            time.sleep(min(timeout, 0.05))
            return []
        ready, _ = self._ray.wait(list(self._pending), num_returns=1, timeout=timeout)
        found = []
        for each in ready:
            worker = self._pending.pop(each)
            try:
                found.append((worker, self._ray.get(each)))
            except self._ray.exceptions.RayError as error:
                self._pending = {other: number for other, number in self._pending.items() if number != worker}
                why = self._why(worker, error)
                self._start(worker)
                found.append((worker, Died(why)))
        return found

    def _why(self, worker: int, error: Exception) -> str:
        """Why an actor ended: as it said itself, else as Ray says."""
        with contextlib.suppress(self._ray.exceptions.RayError):
            if self._ray.get(self._watches[worker], timeout=_LAST_WORD) == "memory":
                return "memory"
        if isinstance(error, self._ray.exceptions.OutOfMemoryError):
            return "memory"
        text = str(error)
        if f"exit code {KILLED}" in text or f"exit code={KILLED}" in text or "OOM" in text:
            return "memory"
        return "killed: " + next((line.strip() for line in text.splitlines() if "exit" in line), "Ray does not say how")

    def kill(self, worker: int) -> None:
        self._ray.kill(self._actors[worker], no_restart=True)

    def stop(self) -> None:
        for actor in self._actors.values():
            self._ray.kill(actor, no_restart=True)
        if self._ours:
            self._ray.shutdown()
