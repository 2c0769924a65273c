"use strict";

const { list, words } = JSON.parse(document.getElementById("data").textContent);
const text = (number) => list.texts[number];
const rows = list.rows.map((cells) => Object.fromEntries(
    cells.map((cell, place) => [list.fields[place], place < list.worded ? text(cell) : cell])));
const filters = document.getElementById("filters");
const searched = (row) => (row.searched ??=
    [row.manager, row.record, row.title, row.clause, row.why].join(" ").toLowerCase());
const count = (number) => number.toLocaleString(document.documentElement.lang);

function element(name, content = "", attributes = {}) {
    const made = document.createElement(name);
    made.append(...[content].flat());
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
}

// ── A row, opened ──

function finding([what, needed, found, holds]) {
    const [sign, said] = holds ? ["✓", words.holds] : holds === false ? ["✗", words.fails] : ["?", words.unknown];
    const line = [needed && `${words.needed}: ${text(needed)}`, found && `${words.found}: ${text(found)}`];
    return element("li", [
        element("span", sign, { role: "img", "aria-label": said, class: "sign" }),
        ` ${[text(what), ...line].filter(Boolean).join(" · ")}`,
    ], { class: holds ? "holds" : "fails" });
}

function opened(row) {
    const link = /^https?:\/\//i.test(row.link) && element("a", row.link, { href: row.link, rel: "noreferrer" });
    return element("div", [
        element("p", `${row.clause} · ${text(list.clauses[row.clause])}`, { class: "rule" }),
        element("p", `${row.record} · ${row.title}`),
        element("p", row.why),
        element("ul", row.findings.map(finding)),
        ...row.notes.map((note) => element("p", text(note))),
        element("p", `${words.evidence}: ${row.evidence}`),
        ...(link ? [element("p", link)] : []),
    ], { class: "opened", role: "gridcell" });
}

function show(row) {
    const whole = row.getElement(), open = row.getData().open;
    whole.querySelector(".opened")?.remove();
    whole.querySelector("button")?.setAttribute("aria-expanded", Boolean(open));
    if (open) whole.append(opened(row.getData()));
}

function toggle(event, row) {
    const pressed = event.target.closest("button");
    if (event.target.closest("a, .opened") || (!pressed && String(getSelection()))) return;
    row.getData().open = !row.getData().open;
    show(row);
}

// ── The table ──

const button = (label, name) => element("button", label, { type: "button", "aria-label": name ?? label });
const column = (field, title, width, more = {}) => ({
    field, title, minWidth: width, widthGrow: width / 100, sorter: "string", titleFormatter: () => button(title), ...more,
});
const by = (field) => ({ sorter: (a, b, one, other) => one.getData()[field] - other.getData()[field] });
const table = new Tabulator("#list", {
    data: rows,
    layout: "fitColumns",
    responsiveLayout: "hide",
    pagination: true,
    renderVertical: "basic",
    paginationSize: 50,
    paginationButtonCount: 3,
    paginationElement: document.getElementById("pages"),
    placeholder: words.nothing,
    locale: "page",
    langs: { page: words.table },
    columnDefaults: { variableHeight: true, headerSortTristate: false, resizable: false },
    rowFormatter: show,
    printAsHtml: true,
    rowFormatterPrint: false,
    printRowRange: () => table.getRows("active").slice(0, 500),
    columns: [
        {
            width: 48, print: false, headerSort: false, responsive: 0, title: words.opens,
            titleFormatter: () => element("span", words.opens, { class: "unseen" }),
            formatter: () => button("", words.opens),
        },
        column("when", words.when, 130, { responsive: 0, ...by("at") }),
        column("manager", words.manager, 130, { responsive: 0 }),
        column("record", words.deal, 150, {
            responsive: 2, sorter: "alphanum",
            formatter: (cell) => element("span", `${cell.getValue()} ${cell.getData().title}`),
        }),
        column("clause", words.clause, 90, { responsive: 3 }),
        column("severity", words.severity, 115, { responsive: 4, ...by("gravity") }),
        column("why", words.why, 300, { responsive: 1, headerSort: false, titleFormatter: "plaintext" }),
        column("lapse", words.lapse, 140, { responsive: 5, ...by("minutes") }),
    ],
});
table.on("rowClick", toggle);
table.on("tableBuilt", () => document.querySelector(".tabulator-tableholder").removeAttribute("tabindex"));

// ── What narrows it ──

function narrow() {
    const asked = Object.fromEntries(new FormData(filters));
    const wanted = asked.search.toLowerCase().trim();
    const exact = Object.entries(asked).filter(([name, value]) => name !== "search" && value);
    table.setFilter((row) => exact.every(([name, value]) => row[name] === value)
        && (!wanted || searched(row).includes(wanted)));
}

for (const select of filters.querySelectorAll("select")) {
    const values = [...new Set(rows.map((row) => row[select.name]))];
    const sorted = select.name === "manager" || select.name === "clause" ? values.sort() : values;
    select.append(...sorted.map((value) => element("option", value, { value })));
}

let waiting;
filters.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, 150);
});
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", () => setTimeout(narrow));
table.on("dataFiltered", (_filters, found) => {
    filters.querySelector("output").textContent = `${words.shown}: ${count(found.length)} / ${count(rows.length)}`;
});
document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-manager]");
    if (!link) return;
    filters.reset();
    const wanted = { ...link.dataset, verdict: words.violated };
    for (const [name, value] of Object.entries(wanted)) filters.elements[name].value = value;
    narrow();
});
filters.hidden = false;
