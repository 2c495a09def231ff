"""Versions of what is installed; light, so that `tenkyo version` loads nothing.

Takes the name of a distribution; gives its version.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def installed(name: str) -> str | None:
    """Return the version of the distribution `name`, None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def program_version() -> str:
    """Return the version of Tenkyo, `0+unknown` where it runs without being installed."""
    return installed("tenkyo") or "0+unknown"
