// The product page: quantity. Without it the form works as it is.
(() => {
  const form = document.getElementById("buy");
  const quantity = form?.elements.namedItem("quantity");
  const clamp = (value) => Math.min(Math.max(value || 1, 1), Number(quantity.max) || 1);

  form?.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => {
    quantity.value = clamp(Number(quantity.value) + Number(button.dataset.step));
  }));
})();
