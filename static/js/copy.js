/* A button that copies the text before it. */
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const source = button?.parentElement.querySelector("[data-copy-source]");
    if (!source) {
      return;
    }
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = button.dataset.copied;
    } catch {
      // Without permission: the text is selected, to be copied by hand.
      getSelection().selectAllChildren(source);
    }
  });
})();
