// Tells the server that a post is being read. Only pages that count carry `data-viewed` (not an editor's preview).
(() => {
  const address = document.querySelector("[data-viewed]")?.dataset.viewed;
  if (!address) return;
  const send = () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", send);
    navigator.sendBeacon(address);
  };
  document.addEventListener("visibilitychange", send);
  send();
})();
