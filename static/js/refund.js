// The sum of a refund while its pieces are chosen. The server works it out again, to the cent.
const form = document.querySelector("[data-refund]");
const line = form?.querySelector("[data-refund-line]");
if (form && line) {
  const write = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "currency", currency: form.dataset.currency });
  const number = (field) => Number((field?.value || "0").replace(",", ".")) || 0;
  const show = () => {
    let sum = number(form.elements.amount);
    for (const field of form.querySelectorAll("[data-price]")) sum += number(field) * Number(field.dataset.price);
    sum += number(form.elements.shipping);
    if (form.elements.everything?.checked) sum = Number(form.dataset.left);
    line.hidden = false;
    line.querySelector("[data-refund-total]").value = write.format(sum);
  };
  form.addEventListener("input", show);
  show();
}
// One click is one refund: the second finds the button asleep (and the server knows the form by its token).
form?.addEventListener("submit", () => {
  setTimeout(() => { for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true; });
});
