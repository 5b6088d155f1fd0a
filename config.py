"""The configuration of a checkout; the real thing is `matchmaker.configuration`."""

from matchmaker.configuration import Config, ConfigurationError

__all__ = ["Config", "ConfigurationError"]
