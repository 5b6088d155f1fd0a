"""After signing in one lands on a page of this site, whatever the address asked for."""

import pytest

from matchmaker.accounts.paths import local_path


@pytest.mark.parametrize(
    "path", ["/", "/e/kittila/people?topic=raw&page=2", "/e/kittil%C3%A4/", "/e/kittilä/#person-7"]
)
def test_a_page_of_ours_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "people",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/ /evil.example",
        "https://evil.example/",
        "https:/evil.example",
        "javascript:alert(1)",
        "//[bad",
        "/" + "a" * 300,
        "/sign-in?next=/",
        "/sign-out",
    ],
)
def test_anything_else_leads_to_the_start_page(path: str | None) -> None:
    assert local_path(path) == "/"
