"""The page as a browser shows it: the list sorts, filters and opens; nobody is shut out; nothing is obeyed."""

import pytest

from auditor import i18n
from auditor.audit.result import Audit
from tests.reports.builders import CALLS_OWED, STAYED, WENT_BACK, audit_of, sample
from tests.reports.page.conftest import Opened, counted, findings, shown, violations

HOSTILE = '</script><script>document.title="hacked"</script><img src=x onerror=alert(1)>{{ 7 * 7 }}'


def many() -> Audit:
    return counted(violations(120))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_nobody_is_shut_out(opened: Opened, scheme: str, language: str) -> None:
    i18n.activate(language)
    page = opened(sample(), scheme=scheme)
    page.locator("#list .tabulator-row button").first.click()
    page.locator("summary").evaluate_all("all => all.forEach(each => each.parentElement.open = true)")
    assert findings(page) == []


def test_the_list_holds_what_was_violated_and_waived_the_gravest_first(opened: Opened) -> None:
    page = opened(sample())
    codes = shown(page, "clause")
    assert codes == ["FUR0201", "FUR0902", "FUR0601", "FUR0203", "FUR0902"]
    assert page.locator("output").inner_text() == "Shown: 5 / 5"


def test_a_filter_leaves_its_rows_and_reset_brings_all_back(opened: Opened) -> None:
    page = opened(sample())
    page.select_option("[name=manager]", "Смирнова Ольга")
    page.locator("output", has_text="1 / 5").wait_for()
    assert shown(page, "manager") == ["Смирнова Ольга"]
    page.get_by_role("button", name="Show all").click()
    page.locator("output", has_text="5 / 5").wait_for()


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [("clause", "FUR0902", 2), ("severity", "high", 3), ("verdict", "waived", 1), ("manager", "CRM robot", 1)],
)
def test_each_filter_narrows(opened: Opened, name: str, value: str, left: int) -> None:
    page = opened(sample())
    page.select_option(f"[name={name}]", value)
    page.locator("output", has_text=f"{left} / 5").wait_for()


def test_the_search_reads_titles_and_facts_whatever_the_case(opened: Opened) -> None:
    page = opened(sample())
    page.fill("[name=search]", "сидоровой")
    page.locator("output", has_text="1 / 5").wait_for()
    assert shown(page, "record") == ["Deal 1002 Кухня для Сидоровой"]
    page.fill("[name=search]", "no such text")
    page.get_by_text("Nothing like that.").wait_for()
    page.fill("[name=search]", "нужно звонков")
    page.locator("output", has_text="1 / 5").wait_for()
    assert shown(page, "record") == ["Lead 501 Лид с сайта, Анна"]


def test_moments_are_sorted_as_moments_and_severity_by_weight(opened: Opened) -> None:
    page = opened(audit_of([CALLS_OWED, {**STAYED, "deal": "999"}, WENT_BACK], []))
    page.get_by_role("button", name="When").click()
    assert shown(page, "when") == ["due 2024-03-02", "due 2024-03-05", "2024-03-11 12:00"]
    page.get_by_role("button", name="When").click()
    assert shown(page, "when") == ["2024-03-11 12:00", "due 2024-03-05", "due 2024-03-02"]
    page.get_by_role("button", name="Deal").click()
    assert [text.split(" ")[1] for text in shown(page, "record")] == ["999", "1004", "501"]
    page.get_by_role("button", name="Severity").click()
    assert shown(page, "severity") == ["high", "high", "medium"]


def test_a_row_opens_by_keyboard_and_shows_what_was_needed_and_where_it_is_seen(opened: Opened) -> None:
    page = opened(sample())
    button = page.locator("#list .tabulator-row button").first
    button.focus()
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    lines = page.locator(".opened").inner_text().split("\n")
    assert [line for line in lines if line] == [
        "FUR0201 · Пока лид в “Недозвоне”, менеджер звонит клиенту не реже трёх раз в день.",
        "Lead 501 · Лид с сайта, Анна",
        "В «Недозвоне» 05.03.2024: нужно звонков 3, было 2.",
        "✗ звонок · needed: 3 · found: 2",
        "suspicious: three calls within five minutes",
        "Source rows: Дела › 12, 13",
        "https://crm.example/lead/501/",
    ]
    assert page.get_by_label("not met").count() == 1
    page.keyboard.press("Enter")
    assert page.locator(".opened").count() == 0


def test_a_row_that_opens_pushes_the_others_down_and_hides_none(opened: Opened) -> None:
    page = opened(many())
    page.locator("#list .tabulator-row button").first.click()
    last, pages = page.locator("#list .tabulator-row").last.bounding_box(), page.locator("#pages").bounding_box()
    assert last and pages
    assert last["y"] + last["height"] <= pages["y"]


def test_a_name_a_code_and_a_cell_of_the_map_lead_to_their_violations(opened: Opened) -> None:
    page = opened(sample())
    page.locator(".heat a").first.click()
    page.locator("output", has_text="1 / 5").wait_for()
    assert page.locator("[name=manager]").input_value() == "Смирнова Ольга"
    assert page.locator("[name=clause]").input_value() == "FUR0601"
    page.locator("#managers").get_by_role("link", name="Петров Иван").click()
    page.locator("output", has_text="2 / 5").wait_for()
    page.locator("#broken").get_by_role("link", name="FUR0902").first.click()
    page.locator("output", has_text="1 / 5").wait_for()
    assert page.locator("[name=verdict]").input_value() == "violated"


def test_long_lists_have_pages(opened: Opened) -> None:
    page = opened(many())
    assert len(shown(page, "why")) == 50
    page.get_by_role("button", name="Last page").click()
    assert len(shown(page, "why")) == 20


def test_paper_gets_a_real_table_of_all_rows_that_are_left(opened: Opened) -> None:
    page = opened(many())
    page.select_option("[name=clause]", "FUR0201")
    left = [each for each in violations(120) if each["clause"] == "FUR0201"]
    page.locator("output", has_text=f"{len(left)} / 120").wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".tabulator-print-table tbody tr").count() == len(left)
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_narrow_window_scrolls_tables_not_the_page(opened: Opened) -> None:
    page = opened(many(), width=400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("name", ["title", "manager", "deal", "why", "link", "department"])
def test_hostile_texts_stay_texts(opened: Opened, name: str) -> None:
    page = opened(counted([{**CALLS_OWED, name: HOSTILE}]))
    page.locator("#list .tabulator-row button").first.click()
    assert page.title() == "Audit by the regulation FUR · Мебельная компания"
    assert page.locator("img").count() == 0
    assert name in ("link", "department") or HOSTILE in page.locator("#list").inner_text()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " javascript:x"])
def test_only_addresses_of_the_web_are_links(opened: Opened, link: str) -> None:
    page = opened(audit_of([{**CALLS_OWED, "link": link}], []))
    page.locator("#list .tabulator-row button").first.click()
    assert page.locator(".opened a").count() == 0


def test_a_hundred_thousand_violations_are_a_page_that_works(opened: Opened) -> None:
    few = violations(2000, people=30)
    page = opened(counted([{**each, "id": f"{n:x}", "deal": f"{n}"} for n in range(50) for each in few]))
    page.locator("output", has_text="Shown: 20,000 / 20,000").wait_for()
    assert "Here stand the 20,000 gravest and latest of 100,000." in page.locator("#violations").inner_text()
    assert len(page.content().encode()) < 15_000_000
    page.fill("[name=search]", "клиент 77.")
    page.locator("output", has_text=" / 20,000").filter(has_not_text="20,000 /").wait_for()
    assert all("клиент 77." in text for text in shown(page, "why"))
