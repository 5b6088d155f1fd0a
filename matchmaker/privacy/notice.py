"""What who runs this site says of privacy in their own words: a file beside the database."""

from matchmaker.web import app_config

FILE = "privacy.txt"


def own_words() -> list[str]:
    """The paragraphs of the file; none where there is no file."""
    try:
        text = (app_config().data_dir / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
