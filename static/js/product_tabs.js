// Marks the tab of the section that is being read.
(() => {
  const tabs = [...document.querySelectorAll(".product-tabs a")];
  const sections = tabs.map((tab) => document.querySelector(tab.hash));
  const mark = () => {
    const read = sections.findLastIndex((section) => section.getBoundingClientRect().top < window.innerHeight / 3);
    tabs.forEach((tab, number) => tab.setAttribute("aria-current", String(number === Math.max(read, 0))));
  };
  let waiting = false;
  window.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
})();
