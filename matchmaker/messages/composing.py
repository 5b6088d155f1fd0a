"""The texts of mails, from templates, in the reader's own language."""

from typing import Any

from flask import current_app
from flask_babel import force_locale


def compose(template: str, *, locale: str, **values: Any) -> str:
    """The text of `templates/messages/<template>.txt`; works without a request too."""
    with force_locale(locale):
        page = current_app.jinja_env.get_template(f"messages/{template}.txt")
        return page.render(values).strip() + "\n"
