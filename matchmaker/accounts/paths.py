"""Where to go on to: only to a page of our own."""

LONGEST_PATH = 300


def own_path(text: str | None, default: str = "/") -> str:
    r"""The path, if it leads to a page of this site; else `default`.

    Browsers read `//host`, `/\host` and `/<tab>/host` as other sites.
    """
    path = text or ""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        return default
    if not path.isprintable() or " " in path or "\\" in path:
        return default
    return path


def local_path(text: str | None, default: str = "/") -> str:
    """As `own_path`, but never back to signing in or out."""
    path = own_path(text, default)
    return default if path.startswith(("/sign-in", "/sign-out")) else path
