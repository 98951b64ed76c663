// Lists: the filters as a sheet on narrow screens, focus that survives new results. Everything works without it too.
(() => {
  const filters = document.getElementById("filters");
  const narrow = matchMedia("(max-width: 1020px)");
  let opener = null;

  const open = (link) => {
    opener = link;
    filters.classList.add("is-open");
    filters.setAttribute("role", "dialog");
    filters.setAttribute("aria-modal", "true");
    document.body.classList.add("has-sheet");
    filters.querySelector("[data-close-filters]").focus();
  };

  const close = () => {
    if (!filters.classList.contains("is-open")) return;
    filters.classList.remove("is-open");
    filters.removeAttribute("role");
    filters.removeAttribute("aria-modal");
    document.body.classList.remove("has-sheet");
    (document.contains(opener) ? opener : document.querySelector("[data-open-filters]"))?.focus();
  };

  const keepFocusInside = (event) => {
    const stops = [...filters.querySelectorAll("a[href], button, input:not([type=hidden]), summary")].filter((stop) => stop.offsetParent);
    const last = stops.at(-1);
    if (event.shiftKey && document.activeElement === stops[0]) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); stops[0].focus(); }
  };

  document.addEventListener("click", (event) => {
    const opening = event.target.closest("[data-open-filters]");
    if (opening && narrow.matches) { event.preventDefault(); open(opening); return; }
    // The results behind the sheet are up to date already: closing it is all that is left to do.
    if (event.target.closest("[data-close-filters]") && filters.classList.contains("is-open") && window.htmx) { event.preventDefault(); close(); return; }
    document.querySelectorAll("details.sort[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && filters.classList.contains("is-open")) keepFocusInside(event);
    if (event.key !== "Escape") return;
    close();
    const menu = document.querySelector("details.sort[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  narrow.addEventListener("change", close);

  let focused = "";
  let unfolded = [];
  document.body.addEventListener("htmx:beforeRequest", () => {
    focused = document.activeElement?.id || "";
    unfolded = [...filters.querySelectorAll("details")].map((fold) => fold.open);
    document.getElementById("results").setAttribute("aria-busy", "true");
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    filters.querySelectorAll("details").forEach((fold, index) => { fold.open = unfolded[index] ?? fold.open; });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
})();
