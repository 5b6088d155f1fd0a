"""What the tests of signing in type, and what they look at."""

import re
from datetime import UTC, datetime

from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.extensions import db
from tests.accounts.mailed import link_in, mails_to
from tests.pages.client import Page, PageClient

ADDRESS = "aino@niskala.example"
PASSWORD = "reindeer ja porkkana"
NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)


def mailed_link(user: User, next_path: str = "/account") -> str:
    send_sign_in_link(user, next_path)
    db.session.commit()
    return link_in(mails_to(user.email)[-1])


def is_signed_in(client: PageClient) -> bool:
    return client.http.get("/account").status_code == 200


def without_tokens(page: Page) -> str:
    text = page.response.get_data(as_text=True)
    return re.sub(
        r'csrf_token" type="hidden" value="[^"]+"|"X-CSRFToken": "[^"]+"|[\w.-]{80,}', "", text
    )
