// Pictures of a product: thumbnails, swipes and arrow keys change them. Without this script each is a link to itself.
// It tells the dialog (zoom.js) what to show, and hears it turn: `gallery:open` and `gallery:turn`.
(() => {
  const main = document.getElementById("gallery-main");
  if (!main) return;
  const thumbs = [...document.querySelectorAll(".thumb")];
  const zoom = document.getElementById("zoom");
  const SWIPE = 48;
  let current = Math.max(0, thumbs.findIndex((thumb) => thumb.classList.contains("is-current")));

  const show = (index) => {
    const thumb = thumbs[index];
    if (!thumb) return;
    current = index;
    const image = main.querySelector("img");
    const smaller = main.querySelector("source");
    // A source that stays would win over the image.
    if (smaller) smaller.srcset = thumb.dataset.avif || thumb.dataset.srcset;
    if (smaller && !thumb.dataset.avif) smaller.remove();
    image.srcset = thumb.dataset.srcset;
    image.src = thumb.href;
    main.href = thumb.href;
    thumbs.forEach((item) => {
      item.classList.toggle("is-current", item === thumb);
      if (item === thumb) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
    const row = thumb.closest(".thumbs");
    const cell = thumb.parentElement;
    row.scrollTo({ left: cell.offsetLeft - row.offsetLeft - (row.clientWidth - cell.clientWidth) / 2 });
  };

  const turn = (step) => { if (thumbs.length > 1) show((current + step + thumbs.length) % thumbs.length); };
  const tell = () => zoom.dispatchEvent(new CustomEvent("gallery:show", { detail: { url: main.href, number: current + 1, count: Math.max(thumbs.length, 1) } }));

  thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    show(index);
  }));
  document.querySelector(".gallery").addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || zoom.open || thumbs.length < 2) return;
    event.preventDefault();
    turn(step);
    if (document.activeElement.classList.contains("thumb")) thumbs[current].focus();
  });

  // A swipe over the large picture turns it, and is no click.
  let start = null;
  let swiped = false;
  main.addEventListener("pointerdown", (event) => {
    start = event.pointerType === "mouse" ? null : { x: event.clientX, y: event.clientY };
    swiped = false;
  });
  main.addEventListener("pointermove", (event) => {
    if (!start) return;
    const x = event.clientX - start.x;
    if (Math.abs(x) < SWIPE || Math.abs(x) < 1.5 * Math.abs(event.clientY - start.y)) return;
    start = null;
    swiped = true;
    turn(x < 0 ? 1 : -1);
  });
  ["pointerup", "pointercancel"].forEach((name) => main.addEventListener(name, () => { start = null; }));

  main.addEventListener("click", (event) => {
    if (swiped) event.preventDefault();
    if (swiped || !zoom.showModal || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    zoom.showModal();
    tell();
  });
  zoom.addEventListener("gallery:turn", (event) => {
    turn(event.detail);
    tell();
  });

  // See options.js.
  document.addEventListener("variant:chosen", (event) => {
    show(thumbs.findIndex((thumb) => thumb.getAttribute("href") === event.detail.image));
  });
})();
