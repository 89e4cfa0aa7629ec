"""Files as people bring them, and how a browser sends one."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta

from velveteen.app.shell import path

DIARY = "date,contact,treated,what he did,note\n2024-01-14,yes,7,listened,a walk\n2024-01-15,yes,3,shouted,late home\n"


def chat_txt(days=5, people=("Ana", "Ben")):
    start = datetime(2024, 1, 20, 9, 30)
    return "\n".join(
        f"{start + timedelta(days=day, minutes=i):%d/%m/%Y, %H:%M} - {name}: thank you, see you"
        for day in range(days)
        for i, name in enumerate(people)
    )


def zipped(**names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in names.items():
            archive.writestr(name, text)
    return out.getvalue()


def send(client, data, name="file"):
    content = data.encode() if isinstance(data, str) else data
    return client.post(path("import"), files={"file": (name, content, "application/octet-stream")})
