"""What is made when asked for: once, under its owner's lock, and published last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class once(Generic[T]):
    """A property whose value is made at the first question and kept in the owner's `__dict__`.

    The owner has a reentrant lock, `_lock`: threads that ask at the same time wait for the one that makes the value,
    and none sees a value half made. (`functools.cached_property` promises neither from Python 3.12 on.)
    """

    def __init__(self, make: Callable[[Any], T]):
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> once[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: Any, kind: type) -> once[T] | T:
        if owner is None:
            return self
        with owner._lock:
            made = owner.__dict__
            if self._name not in made:
                made[self._name] = self._make(owner)
            return made[self._name]  # type: ignore[no-any-return]


class Made(dict[K, V]):
    """What is made of each key, at its first use: `made[key]`. Two threads may make it; what they make is equal."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make

    def __missing__(self, key: K) -> V:
        value = self[key] = self._make(key)
        return value
