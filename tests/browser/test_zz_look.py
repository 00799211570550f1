import os, pytest, sys
from tests.questionnaires.filling import *
from tests.browser.conftest import window, fits
pytestmark=[pytest.mark.django_db(transaction=True)]
@pytest.mark.parametrize("lang",["ar","en"])
@pytest.mark.parametrize("width",[1280,390])
def test_look(window, basma, lang, width):
    with Receiving(Everybody()):
        key=asked(version_of(compiled()))
        page=window(basma,language=lang,width=width)
        page.goto(f"/questionnaires/asked/{key}/")
        page.wait_for_selector("html[data-form=ready]")
        page.wait_for_timeout(500)
        page.screenshot(path=f"/tmp/Q2/look-{lang}-{width}.png",full_page=True)
        assert fits(page)
