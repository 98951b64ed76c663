/* Planning a mailing: shows of the advanced fields those that the others ask for. Without it all are there. */
(() => {
  "use strict";

  const fit = (form) => {
    const periodicity = form.querySelector("[name=periodicity]");
    const rival = form.querySelector("[name=rival_b]");
    const show = () => {
      form.querySelectorAll("[data-only-for]").forEach((part) => {
        part.hidden = part.dataset.onlyFor !== periodicity?.value;
      });
      form.querySelectorAll("[data-test-only]").forEach((part) => {
        part.hidden = !rival?.value;
      });
    };
    form.addEventListener("change", show);
    show();
  };

  document.querySelectorAll("form[data-plan]").forEach(fit);
})();
