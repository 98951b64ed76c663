// The product page: pictures, quantity. Without it the form and the picture links work as they are.
(() => {
  const main = document.getElementById("gallery-main");
  const zoom = document.getElementById("zoom");
  const thumbs = [...document.querySelectorAll(".thumb")];
  const form = document.getElementById("buy");

  const show = (url) => {
    const thumb = thumbs.find((item) => item.getAttribute("href") === url);
    if (!thumb) return;
    const image = main.querySelector("img");
    const smaller = main.querySelector("source");
    // A source that stays would win over the image.
    if (smaller) smaller.srcset = thumb.dataset.avif || thumb.dataset.srcset;
    if (smaller && !thumb.dataset.avif) smaller.remove();
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

  const quantity = form?.elements.namedItem("quantity");
  const clamp = (value) => Math.min(Math.max(value || 1, 1), Number(quantity.max) || 1);

  form?.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => {
    quantity.value = clamp(Number(quantity.value) + Number(button.dataset.step));
  }));

  // See options.js.
  document.addEventListener("variant:chosen", (event) => { if (event.detail.image) show(event.detail.image); });
})();
