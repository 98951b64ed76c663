/* The long list: one tick for the whole page. Files that are too large are refused before they are sent. */
(() => {
  "use strict";

  document.addEventListener("change", (event) => {
    const { mostBytes, tooLarge } = event.target.dataset;
    if (mostBytes) {
      const file = event.target.files[0];
      event.target.setCustomValidity(file && file.size > Number(mostBytes) ? tooLarge : "");
      event.target.reportValidity();
      return;
    }
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
