"""The WSGI application of a checkout, configured from the environment."""

from config import Config
from matchmaker.app import create_app

app = create_app(Config.from_env())
