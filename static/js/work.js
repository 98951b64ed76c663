/* A long job's page keeps itself up to date until the job has ended. */
(() => {
  const box = document.querySelector("[data-work]");
  if (!box || !box.dataset.work) return;
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.work, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const fresh = document.createElement("template");
        fresh.innerHTML = await answer.text();
        const state = fresh.content.querySelector("[data-state]");
        if (!state) return;
        // While somebody is about to press a button nothing moves under the pointer but the figures.
        for (const part of [".w-h3", ".work-progress", ".work-counts"]) {
          const [now, then] = [box.querySelector(part), fresh.content.querySelector(part)];
          if (now && then) now.replaceWith(then);
        }
        if (!["waiting", "running"].includes(state.dataset.state)) {
          window.location.reload();
          return;
        }
      }
    } catch (error) {
      /* The server is away for a moment: look again. */
    }
    window.setTimeout(look, 1000);
  };
  window.setTimeout(look, 1000);
})();
