"use strict";
// The page for orders by telephone: SKUs and e-mails are suggested while they are typed, rows are added. Without it
// the page works all the same.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".phone-order");
  if (!form) return;

  let waiting = 0;
  function suggest(input, list) {
    clearTimeout(waiting);
    const words = input.value.trim();
    if (words.length < 2) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`${list.dataset.suggest}?q=${encodeURIComponent(words)}`);
      if (!answer.ok) return;
      const { items } = await answer.json();
      list.replaceChildren(...items.map((item) => Object.assign(document.createElement("option"), item)));
    }, 200);
  }

  form.elements.email.setAttribute("list", "emails");
  form.addEventListener("input", (event) => {
    const list = event.target.list;
    if (list && list.dataset.suggest) suggest(event.target, list);
  });

  const more = form.querySelector("[data-more-goods]");
  const rows = form.querySelector("[data-goods]");
  const total = form.elements["form-TOTAL_FORMS"];
  more.hidden = false;
  more.addEventListener("click", () => {
    const number = Number(total.value);
    if (number >= Number(form.elements["form-MAX_NUM_FORMS"].value)) return;
    const row = rows.lastElementChild.cloneNode(true);
    for (const node of row.querySelectorAll("[name], [id], [for]")) {
      for (const name of ["name", "id", "for"]) {
        if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace(/form-\d+-/, `form-${number}-`));
      }
      if (node.matches("input")) node.value = "";
    }
    for (const errors of row.querySelectorAll(".errorlist")) errors.remove();
    rows.append(row);
    total.value = String(number + 1);
    row.querySelector("input").focus();
  });
});
