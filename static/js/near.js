// Fires `near` at whatever waits for it, a screen before the visitor is there: what it fetches pushes nothing that is being looked at.
(() => {
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      entry.target.dispatchEvent(new Event("near"));
    }
  }, { rootMargin: "1200px 0px" });
  document.body.addEventListener("htmx:load", (event) => {
    event.target.querySelectorAll('[hx-trigger^="near"]').forEach((element) => watch.observe(element));
  });
})();
