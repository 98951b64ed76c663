// The product page: pictures, options, quantity. Without it the form and the picture links work as they are.
(() => {
  const main = document.getElementById("gallery-main");
  const zoom = document.getElementById("zoom");
  const thumbs = [...document.querySelectorAll(".thumb")];
  const form = document.getElementById("buy");

  const show = (url) => {
    const thumb = thumbs.find((item) => item.getAttribute("href") === url);
    if (!thumb) return;
    const image = main.querySelector("img");
    image.srcset = thumb.dataset.srcset;
    image.src = url;
    main.href = url;
    thumbs.forEach((item) => {
      item.classList.toggle("is-current", item === thumb);
      item.toggleAttribute("aria-current", item === thumb);
      if (item === thumb) item.setAttribute("aria-current", "true");
    });
  };

  thumbs.forEach((thumb) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    show(thumb.getAttribute("href"));
  }));

  main?.addEventListener("click", (event) => {
    if (!zoom?.showModal) return;
    event.preventDefault();
    zoom.querySelector("img").src = main.href;
    zoom.showModal();
  });
  zoom?.addEventListener("click", (event) => { if (event.target.tagName === "IMG") zoom.close(); });

  const quantity = form.elements.namedItem("quantity");
  const clamp = (value) => Math.min(Math.max(value || 1, 1), Number(quantity.max) || 1);

  form.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => {
    quantity.value = clamp(Number(quantity.value) + Number(button.dataset.step));
  }));

  const choose = (option) => {
    const price = document.getElementById("offer-price");
    price.classList.toggle("is-sale", Boolean(option.dataset.before));
    price.querySelector("b").textContent = option.dataset.price;
    price.querySelector("s").textContent = option.dataset.before;
    price.querySelector("s").hidden = !option.dataset.before;
    const discount = document.getElementById("offer-discount");
    discount.hidden = !option.dataset.before;
    discount.textContent = `−${option.dataset.discount}%`;
    const bar = document.getElementById("bar-price");
    if (bar) bar.textContent = option.dataset.price;
    document.getElementById("offer-sku").textContent = option.dataset.sku;
    document.querySelectorAll("[data-stock-of]").forEach((line) => { line.hidden = line.dataset.stockOf !== option.value; });
    if (quantity) { quantity.max = option.dataset.most; quantity.value = clamp(Number(quantity.value)); }
    if (option.dataset.image) show(option.dataset.image);
    if (chips.length) showGroup(groups.indexOf(option.closest("[data-option-group]")));
  };

  // Colour, then size: one group of options is shown at a time, and a chip above chooses which.
  const chips = [...form.querySelectorAll(".option-chip")];
  const groups = [...form.querySelectorAll("[data-option-group]")];

  const showGroup = (number) => {
    chips.forEach((chip, index) => chip.setAttribute("aria-pressed", String(index === number)));
    groups.forEach((group, index) => { group.hidden = index !== number; });
  };

  if (chips.length) {
    form.querySelector("[data-option-chips]").hidden = false;
    form.querySelector(".variants").classList.add("is-grouped");
  }

  chips.forEach((chip, number) => chip.addEventListener("click", () => {
    const label = form.querySelector("input[type=radio]:checked")?.dataset.label;
    const options = [...groups[number].querySelectorAll("input[type=radio]:not(:disabled)")];
    const option = options.find((item) => item.dataset.label === label) || options[0];
    showGroup(number);
    if (option) { option.checked = true; choose(option); }
  }));

  form.querySelectorAll("input[type=radio]").forEach((option) => option.addEventListener("change", () => choose(option)));
  // A browser that goes back keeps the chosen option, not what it changed.
  addEventListener("pageshow", () => { const chosen = form.querySelector("input[type=radio]:checked"); if (chosen) choose(chosen); });
})();
