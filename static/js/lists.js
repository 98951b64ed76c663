/* The long list: one tick for the whole page, and a choice of everybody follows from it. */
(() => {
  "use strict";

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) {
      return;
    }
    const boxes = form.querySelectorAll("input[name=ids]");
    const all = form.querySelector("[data-tick-all]");
    if (event.target === all) {
      boxes.forEach((box) => { box.checked = all.checked; });
    } else if (event.target.name === "ids") {
      all.checked = [...boxes].every((box) => box.checked);
    }
  });
})();
