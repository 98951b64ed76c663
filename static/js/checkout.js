// One order per press: the server takes the same token for the same order, this only shows that it is at work.
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]") || event.submitter?.name === "refresh") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit].btn-primary").forEach((button) => button.classList.add("is-busy"));
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-once]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
  }));
  // What was complained about is forgiven as soon as it is changed.
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches(".is-invalid")) return;
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    field.parentElement.querySelector(".invalid-feedback")?.remove();
  });
  // A field is looked at when it is left, not while it is typed.
  document.addEventListener("focusout", (event) => {
    const field = event.target;
    if (!field.matches("#checkout-form .form-control") || !field.value.trim()) return;
    const wrong = !field.checkValidity();
    field.classList.toggle("is-invalid", wrong);
    field.toggleAttribute("aria-invalid", wrong);
  });
  // Enter in the coupon's field uses the coupon; elsewhere it orders.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.id !== "id_coupon") return;
    event.preventDefault();
    document.querySelector("[data-coupon-button]").click();
  });
  // What is typed while the server works delivery and payment out again is newer than its answer.
  const typed = new Map();
  document.addEventListener("htmx:beforeRequest", () => typed.clear());
  document.addEventListener("input", ({ target }) => {
    if (target.id && target.matches("#checkout-form .form-control")) typed.set(target.id, target.value);
  });
  document.addEventListener("htmx:afterSettle", () => typed.forEach((value, id) => {
    const field = document.getElementById(id);
    if (field && field.value !== value) field.value = value;
  }));
  // What is typed is kept in the cart, so that neither a reload nor a log-in loses it.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form || form.dataset.sent) return;
    fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  });
})();
