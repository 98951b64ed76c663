// The size guide beside the sizes opens over the page. Without this script the link leads to the guide's own page.
(() => {
  const dialog = document.getElementById("size-dialog");
  const body = document.getElementById("size-dialog-body");
  if (!dialog?.showModal) return;

  const load = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const guide = page.getElementById("size-guide");
    // The page has a first heading already.
    const title = guide.querySelector("h1");
    const second = page.createElement("h2");
    second.id = title.id;
    second.append(...title.childNodes);
    title.replaceWith(second);
    guide.removeAttribute("id");
    body.replaceChildren(document.importNode(guide, true));
  };

  document.querySelectorAll("[data-sizes]").forEach((link) => link.addEventListener("click", async (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      if (!body.children.length) await load(link.href);
      dialog.showModal();
    } catch {
      location.href = link.href;
    }
  }));

  // A click beside the sheet closes it; Esc is the browser's.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
})();
