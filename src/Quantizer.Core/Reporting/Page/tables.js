// Sorting, searching, and holding back what lies beyond the first rows.
const collator = new Intl.Collator(undefined, { numeric: true });

function rowsOf(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]);
}

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v === undefined ? null : Number(cell.dataset.v);
}

// What has no number stands last, in either direction.
function sortTable(table, column, isDescending) {
  const sign = isDescending ? -1 : 1;
  const rows = rowsOf(table).map((row, index) => ({ row, index, key: keyOf(row, column), text: row.cells[column].textContent }));
  const isNumeric = rows.some((entry) => entry.key !== null);
  rows.sort((a, b) => {
    if (!isNumeric) return sign * collator.compare(a.text, b.text) || a.index - b.index;
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.index - b.index;
    return sign * (a.key - b.key) || a.index - b.index;
  });
  const first = table.tBodies[0].rows.length;
  rows.forEach((entry, index) => (index < first ? table.tBodies[0] : table.tBodies[1]).append(entry.row));
}

function addSorting(table) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.textContent === "") return;
    const sort = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(sort);
    head.setAttribute("aria-sort", "none");
    sort.addEventListener("click", () => {
      const next = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of head.parentElement.cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", next);
      sortTable(table, column, next === "descending");
    });
  });
}

function addSearch(table) {
  const box = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const found = make("output", { class: "quiet" });
  const texts = new Map();
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const rows = rowsOf(table);
    let count = 0;
    for (const row of rows) {
      if (!texts.has(row)) texts.set(row, [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase());
      row.hidden = !words.every((word) => texts.get(row).includes(word));
      if (!row.hidden) count++;
    }
    table.classList.toggle("searching", words.length > 0);
    found.textContent = words.length === 0 ? "" : `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`;
  });
  table.closest(".scroll").before(make("p", { class: "tools" }, make("label", {}, "Search", box), found));
}

function holdBack(table) {
  if (table.tBodies.length < 2) return;
  const all = button(`Show all ${rowsOf(table).length.toLocaleString("en")} rows`, () => {
    table.classList.remove("held");
    all.parentElement.remove();
  });
  table.closest(".scroll").after(make("p", { class: "more" }, all));
}

for (const table of document.querySelectorAll("table")) {
  if (table.tBodies[0].rows.length > 1) addSorting(table);
  if (table.classList.contains("searchable")) addSearch(table);
  holdBack(table);
}

