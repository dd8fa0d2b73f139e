"""What people come for, from the first page to the sentence that says so, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.server]

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@SCRIPTS
def test_from_a_leader_to_the_meeting_its_sentence_and_its_article(
    visit: Callable[..., Watched], scripts: object
) -> None:
    page = visit(java_script_enabled=scripts).open("/")
    page.get_by_role("searchbox").last.fill("novák anna")
    page.keyboard.press("Enter")
    # More things bear the name than she: her tenure does, and her meetings.
    page.locator("main").get_by_role("link", name="Anna Novák", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Novák")
    page.locator("main a[href*='/page/meeting/2025-06-17']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emil Brandt")
    quote = page.locator("blockquote").first
    expect(quote).to_be_visible()
    page.locator("main a[href*='/page/article/']").first.click()
    expect(page).to_have_url(re.compile("/page/article/"))


@SCRIPTS
def test_a_saved_question_is_asked_with_a_value_from_its_list(visit: Callable[..., Watched], scripts: object) -> None:
    page = visit(java_script_enabled=scripts).open("/queries/")
    page.locator("main a[href*='/queries/who-met-at-summit']").first.click()
    page.get_by_role("combobox", name="Summit").select_option(label="Lake Forum 2025")
    page.get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile("summit="))
    expect(page.locator("main table")).to_contain_text("Anna Novák")
    page.locator("main table a[href*='/page/meeting/']").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
