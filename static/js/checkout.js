// One order per press: the server takes the same token for the same order, this only shows that it is at work.
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit].btn").forEach((button) => button.classList.add("is-busy"));
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
    field.parentElement.querySelector(".invalid-feedback")?.remove();
  });
  // A field is looked at when it is left, not while it is typed.
  const email = document.getElementById("id_email");
  email?.addEventListener("blur", () => {
    const wrong = email.value.trim() !== "" && !email.checkValidity();
    email.classList.toggle("is-invalid", wrong);
    email.setAttribute("aria-invalid", String(wrong));
  });
})();
