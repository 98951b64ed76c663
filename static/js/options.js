// Options of a product: price, stock, SKU and picture follow the choice, and the address keeps it. The rules are those
// of store/picker.py; without this script the form's own button asks the server.
(() => {
  const source = document.getElementById("option-data");
  const picker = document.getElementById("picker");
  if (!source || !picker) return;
  const { fields, variants } = JSON.parse(source.textContent);
  const radios = [...picker.querySelectorAll("input[type=radio]")];
  const form = picker.closest("form");

  const answers = () => Object.fromEntries(fields.map((field) => [field, radios.find((radio) => radio.name === field && radio.checked)?.value]));

  // Each answer counts unless it contradicts those above it; the one just given counts before those below it.
  const find = (wanted) => {
    let left = variants;
    fields.forEach((field) => {
      const fitting = left.filter((variant) => variant.choice[field] === wanted[field]);
      if (fitting.length) left = fitting;
    });
    return left.find((variant) => variant.available > 0) || left[0];
  };

  const mark = (radio, current) => {
    const index = fields.indexOf(radio.name);
    const fits = (variant, names) => names.every((name) => variant.choice[name] === (name === radio.name ? radio.value : current.choice[name]));
    const fitting = variants.filter((variant) => fits(variant, fields.slice(0, index + 1)));
    const exact = fitting.filter((variant) => fits(variant, fields));
    const gone = fitting.length > 0 && !(exact.length ? exact : fitting).some((variant) => variant.available > 0);
    radio.disabled = !fitting.length;
    radio.checked = current.choice[radio.name] === radio.value;
    const label = radio.closest(".choice");
    label.classList.toggle("is-gone", gone);
    label.querySelector(".choice-gone").classList.toggle("is-off", !gone);
    if (radio.checked) picker.querySelectorAll(`[data-chosen="${radio.name}"]`).forEach((name) => { name.textContent = radio.dataset.label; });
  };

  const text = (id, value) => { const element = document.getElementById(id); if (element) element.textContent = value; };

  const show = (variant) => {
    radios.forEach((radio) => mark(radio, variant));
    const price = document.getElementById("offer-price");
    price.classList.toggle("is-sale", Boolean(variant.before));
    price.querySelector("b").textContent = variant.price;
    price.querySelector("s").textContent = variant.before;
    price.querySelector("s").hidden = !variant.before;
    document.getElementById("offer-discount").hidden = !variant.before;
    text("offer-discount", `−${variant.discount}%`);
    text("bar-price", variant.price);
    text("offer-sku", variant.sku);
    const stock = document.getElementById("offer-stock");
    stock.textContent = variant.stock;
    stock.className = `stock stock-line is-${variant.state}`;
    document.querySelectorAll("[data-buying]").forEach((part) => { part.hidden = !variant.available; });
    const quantity = form.elements.namedItem("quantity");
    if (quantity) {
      quantity.max = Math.max(variant.available, 1);
      quantity.value = Math.min(Math.max(Number(quantity.value) || 1, 1), Number(quantity.max));
    }
    document.dispatchEvent(new CustomEvent("variant:chosen", { detail: variant }));
  };

  picker.addEventListener("change", () => {
    const variant = find(answers());
    show(variant);
    const url = new URL(location.href);
    url.search = `?${new URLSearchParams({ sku: variant.sku })}`;
    history.replaceState(history.state, "", url);
  });

  // A browser that goes back keeps the chosen option, not what it changed.
  addEventListener("pageshow", (event) => { if (event.persisted) show(find(answers())); });
})();
