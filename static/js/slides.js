// Buttons for the row of slides; swiping and scrolling are the browser's.
(() => {
  const row = document.querySelector("[data-slides]");
  const controls = document.querySelector("[data-slide-controls]");
  if (!row || !controls) return;
  controls.hidden = false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  controls.addEventListener("click", (event) => {
    const step = Number(event.target.closest("[data-slide]")?.dataset.slide);
    if (!step) return;
    const count = row.children.length;
    const current = Math.round(row.scrollLeft / row.clientWidth);
    row.scrollTo({ left: ((current + step + count) % count) * row.clientWidth, behavior: calm.matches ? "auto" : "smooth" });
  });
})();
