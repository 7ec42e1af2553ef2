"""The site's settings in tests: the same, with a throw-away home and hashing that costs nothing."""

import os
import tempfile
from pathlib import Path

os.environ["DRIPLINE_HOME"] = tempfile.mkdtemp(prefix="dripline-test-")
os.environ.setdefault("DRIPLINE_SECRET", "a secret of the tests, long enough and used nowhere else")

from dripline.portal.settings import *  # noqa: F403
from dripline.portal.settings import DATABASES, DRIPLINE_HOME

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the site under test and its worker are two connections.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DRIPLINE_HOME) / "test.sqlite3")}
