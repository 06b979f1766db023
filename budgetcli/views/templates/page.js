"use strict";
// Sorting and filtering. Places are computed beforehand from exact values: nothing is parsed here.
document.documentElement.classList.add("js");

const plain = (text) => text.normalize("NFC").toLocaleLowerCase();

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const rows = [...body.rows];

  function sort(index, ascending) {
    const place = (row) => row.cells[index].dataset.place;
    const sign = ascending ? 1 : -1;
    const known = rows.filter((row) => place(row) !== undefined);
    const unknown = rows.filter((row) => place(row) === undefined);
    known.sort((one, other) => sign * (place(one) - place(other)));
    body.append(...known, ...unknown);
  }

  heads.forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      sort(index, ascending);
    });
  });
}

function filterable(tools, table) {
  const input = tools.querySelector("input");
  const output = tools.querySelector("output");
  const rows = [...table.tBodies[0].rows];
  const names = rows.map((row) => plain([...row.querySelectorAll(".name")].map((cell) => cell.textContent).join(" ")));

  input.addEventListener("input", () => {
    const wanted = plain(input.value.trim());
    rows.forEach((row, index) => { row.hidden = !names[index].includes(wanted); });
    const shown = rows.filter((row) => !row.hidden).length;
    output.textContent = wanted && output.dataset.text.replace("{shown}", shown).replace("{all}", rows.length);
  });
  tools.hidden = false;
}

// What is folded away on a screen is not missing on paper; who is marked in the table stands there.
const folded = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open], .marked)")) {
    details.open = true;
    folded.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false;
});

for (const figures of document.querySelectorAll(".figures")) {
  const table = figures.querySelector("table");
  if (table.tBodies[0].rows.length < 2) continue;
  sortable(table);
  if (table.querySelector("tbody .name")) filterable(figures.querySelector(".tools"), table);
}
