"""Where to go after signing in: only to a page of our own."""

LONGEST_PATH = 300


def local_path(text: str | None, default: str = "/") -> str:
    r"""The path, if it leads to a page of this site and not back to signing in; else `default`.

    Browsers read `//host`, `/\host` and `/<tab>/host` as other sites.
    """
    path = text or ""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        return default
    if not path.isprintable() or " " in path or "\\" in path:
        return default
    return default if path.startswith(("/sign-in", "/sign-out")) else path
