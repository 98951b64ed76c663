// The hearts. Which ones are filled is in the header's state (config/fragments.py); lists are redrawn by htmx.
(() => {
  let wished = new Set();

  const mark = () => {
    document.querySelectorAll("form[data-wish]").forEach((form) => {
      const on = wished.has(Number(form.elements.product.value));
      form.querySelector("button").setAttribute("aria-pressed", String(on));
    });
    const badge = document.getElementById("wish-count");
    if (badge) { badge.hidden = !wished.size; badge.textContent = wished.size; }
  };

  document.addEventListener("header-state", (event) => { wished = new Set(event.detail.wishes || []); mark(); });
  document.body.addEventListener("htmx:afterSettle", mark);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-wish]") || event.defaultPrevented) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const product = Number(form.elements.product.value);
    button.disabled = true;
    fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    })
      .then((response) => (response.ok || response.status === 409 ? response.json() : Promise.reject(response)))
      .then((state) => {
        if (state.error) { document.body.dispatchEvent(new Event("header-refresh")); return; }
        if (state.wished) wished.add(product); else wished.delete(product);
        mark();
      })
      .catch(() => HTMLFormElement.prototype.submit.call(form))
      .finally(() => { button.disabled = false; });
  });
})();
