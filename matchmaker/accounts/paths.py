"""Where to go after signing in: only to a page of our own."""

from urllib.parse import urlsplit

LONGEST_PATH = 300


def local_path(text: str | None, default: str = "/") -> str:
    r"""The path, if it leads to a page of this site and not back to signing in; else `default`.

    Browsers read `//host`, `/\host` and `/<tab>/host` as other sites.
    """
    path = text or ""
    parts = urlsplit(path) if path.isprintable() else None
    if parts is None or parts.scheme or parts.netloc or len(path) > LONGEST_PATH:
        return default
    if not path.startswith("/") or path.startswith("//") or "\\" in path or " " in path:
        return default
    return default if parts.path.startswith(("/sign-in", "/sign-out")) else path
