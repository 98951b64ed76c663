// The colour theme, set before anything is painted: the visitor's choice, else the system's.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const write = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };

  const apply = () => {
    const theme = read("theme") || (system.matches ? "dark" : "light");
    root.dataset.bsTheme = theme;
    document.querySelector("meta[name=theme-color]")?.setAttribute("content", theme === "dark" ? "#0E1413" : "#FAF8F4");
  };
  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);

  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        write("theme", root.dataset.bsTheme === "dark" ? "light" : "dark");
        apply();
      });
    }
    const bar = document.querySelector("[data-announcement]");
    if (bar && read("announcement") === bar.dataset.announcement) bar.remove();
    bar?.querySelector("[data-dismiss-announcement]")?.addEventListener("click", () => {
      write("announcement", bar.dataset.announcement);
      bar.remove();
    });
  });
})();
