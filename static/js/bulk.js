"use strict";
// The list of orders: a box that ticks the page, and how many are ticked. The list is replaced when filters change,
// so that the document listens.
(() => {
  const boxes = () => [...document.querySelectorAll('input[name="select"][form="bulk"]')];

  function show() {
    const every = document.querySelector("[data-select-all]");
    const form = document.getElementById("bulk");
    if (!form || !every) return;
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    every.hidden = false;
    every.checked = ticked > 0 && ticked === all.length;
    every.indeterminate = ticked > 0 && ticked < all.length;
    const count = form.querySelector("[data-selected-count]");
    const text = ticked && !form.elements.everything.checked ? count.dataset.template.replace("%s", ticked) : "";
    // Only what differs is written: the observer below would hear it again.
    if (count.textContent !== text) count.textContent = text;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) {
      for (const box of boxes()) box.checked = event.target.checked;
    }
    if (event.target.matches('[data-select-all], input[name="select"], input[name="everything"]')) show();
  });
  document.addEventListener("DOMContentLoaded", show);
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
})();
