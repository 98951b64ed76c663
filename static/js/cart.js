// The − and + of the cart's lines. The forms themselves work without it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-quantity-form] [data-step]");
  if (!button) return;
  const field = button.closest("form").elements.quantity;
  const next = Number(field.value) + Number(button.dataset.step);
  if (next < Number(field.min) || next > Number(field.max)) return;
  field.value = next;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
