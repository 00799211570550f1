"""Take the pictures of the README anew, of the sample documents only.

    marsad up --demo --port 8000                          in one terminal, on a fresh MARSAD_HOME
    python docs/images/take.py http://127.0.0.1:8000      in another

Needs Playwright, and Chromium under its usual name. Keep each picture under 300 kB; a test looks.
"""

from __future__ import annotations

import json
import shutil
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SAMPLE = "SAMPLE/COP/WG.1/2024/3"


def main(base: str) -> None:
    """Write `document-ar.png` and `index-en.png` beside this file."""
    with urllib.request.urlopen(f"{base}/api/v1/documents") as answer:  # noqa: S310 - our own
        documents = json.load(answer)
    if not all(document["is_sample"] for document in documents):
        sys.exit("This library holds more than the samples. Take pictures of a fresh demo.")
    key = next(document["id"] for document in documents if document["symbol"] == SAMPLE)
    pictures = (
        ("document-ar.png", "ar", f"/documents/{key}/"),
        ("index-en.png", "en", "/recommendations/"),
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"],
        )
        for name, language, path in pictures:
            context = browser.new_context(viewport={"width": 1280, "height": 860}, locale=language)
            context.add_cookies([{"name": "django_language", "value": language, "url": base}])
            page = context.new_page()
            page.goto(base + path, wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=HERE / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
