// The search field as a combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/): what words could become is
// offered while they are typed. Without it the form searches as before.
(() => {
  const form = document.querySelector("form[data-typed]");
  if (!form) return;
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const WAIT = 160;
  const known = new Map();
  let timer = 0;
  let asked = "";
  let current = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  const mark = (index) => {
    const all = options();
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === index)));
    current = index;
    if (index < 0) { field.removeAttribute("aria-activedescendant"); return; }
    field.setAttribute("aria-activedescendant", all[index].id);
    all[index].scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  };

  const show = (html) => {
    list.innerHTML = html;
    const count = options().length;
    status.textContent = count ? status.dataset.some.replace("{n}", count) : status.dataset.none;
    if (!count || document.activeElement !== field) { close(); return; }
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(-1);
  };

  const ask = () => {
    const words = field.value.trim();
    asked = words;
    if (words.length < 2) { status.textContent = ""; close(); return; }
    if (known.has(words)) { show(known.get(words)); return; }
    fetch(`${form.dataset.typed}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" })
      .then((response) => (response.ok ? response.text() : ""))
      .then((html) => {
        if (known.size > 100) known.clear();
        known.set(words, html.trim());
        // A slow answer to what is no longer typed is not shown.
        if (asked === words) show(html.trim());
      })
      .catch(close);
  };

  const go = (option) => { window.location.assign(option.dataset.url); };

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("focus", () => { if (options().length && field.value.trim() === asked) show(list.innerHTML); });
  field.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); return; }
    if (event.key === "Enter" && current >= 0 && !list.hidden) { event.preventDefault(); go(all[current]); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) { ask(); return; }
    const step = event.key === "ArrowDown" ? 1 : -1;
    // One more place than options: the field itself.
    mark(((current + 1 + step + all.length + 1) % (all.length + 1)) - 1);
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  field.addEventListener("blur", close);
})();
