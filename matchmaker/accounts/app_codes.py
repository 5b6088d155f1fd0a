"""What an app for codes scans: the secret as a picture."""

import pyotp
import segno

from matchmaker.accounts.services_passkeys import site_name

_CELL = 5


def picture_of(secret: str, address: str) -> str:
    """A QR code as the address of an image, black on white with the quiet edge cameras need."""
    site = site_name()
    name = f"Matchmaker ({site})" if site else "Matchmaker"
    uri = pyotp.TOTP(secret).provisioning_uri(name=address, issuer_name=name)
    return segno.make(uri, error="m", micro=False).svg_data_uri(scale=_CELL, light="white")
