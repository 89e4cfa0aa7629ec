"""Chats on disk, as a test wants them."""

import pytest

from velveteen.messages import read_export


@pytest.fixture
def read(tmp_path):
    """Writes a text as a chat and reads it."""

    def reading(text, day_first=None):
        path = tmp_path / "chat.txt"
        path.write_text(text, "utf-8", newline="")
        return read_export(path, day_first)

    return reading
