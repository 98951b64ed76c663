// What a cached page cannot know: cart count, who is logged in, CSRF token, messages. See config/fragments.py.
//
// A form without a token of its own is marked `data-csrf` and gets it here. After a change by htmx the server sends
// `HX-Trigger: header-refresh`; scripts may dispatch the same event on document.body.
(() => {
  const source = document.getElementById("header-script").dataset.fragment;
  let token = "";
  let loading = null;

  const setCount = (count) => {
    const badge = document.getElementById("cart-count");
    if (!badge) return;
    const changed = badge.textContent !== "" && badge.textContent !== String(count);
    badge.hidden = !count;
    badge.textContent = count;
    badge.classList.toggle("is-new", changed);
  };

  const addToken = (form) => {
    let field = form.elements.namedItem("csrfmiddlewaretoken");
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken" });
      form.append(field);
    }
    field.value = token;
  };

  const apply = (state) => {
    token = state.csrf;
    setCount(state.cart);
    const account = document.getElementById("header-account");
    if (account && state.account) account.innerHTML = state.account;
    if (state.messages) document.getElementById("messages")?.insertAdjacentHTML("beforeend", state.messages);
    document.querySelectorAll("form[data-csrf]").forEach(addToken);
    // What other scripts make of it: wishes.js.
    document.dispatchEvent(new CustomEvent("header-state", { detail: state }));
  };

  const refresh = () => {
    const url = `${source}?language=${document.documentElement.lang}`;
    loading = fetch(url, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } })
      .then((response) => (response.ok ? response.json() : Promise.reject(response)))
      .then(apply)
      .catch(() => { loading = null; });
    return loading;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-csrf]")) return;
    if (token) { addToken(form); return; }
    event.preventDefault();
    (loading || refresh())?.then(() => { if (token) form.requestSubmit(event.submitter); });
  }, true);

  document.addEventListener("click", (event) => {
    event.target.closest("[data-close-message]")?.closest(".alert").remove();
    const open = document.querySelector("details.account-menu[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.account-menu[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  document.body.addEventListener("htmx:configRequest", (event) => {
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  document.body.addEventListener("header-refresh", refresh);
  addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
  document.querySelector("[data-autofocus]")?.focus();
  // On the phone these rows are swiped: the current place has to be in sight.
  document.querySelectorAll(".account-nav, .category-row, .campaigns-sections").forEach((row) => {
    const current = row.querySelector("[aria-current]");
    if (current) row.scrollLeft += current.getBoundingClientRect().right - row.getBoundingClientRect().right + 24;
  });
  refresh();
})();
