/* The workspace of campaign owners: everything here only helps; each page works without it. */
(() => {
  "use strict";

  const once = (form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      // After this tick: a disabled button would not be sent with the form.
      setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => {
        button.setAttribute("aria-disabled", "true");
        button.classList.add("disabled");
      }), 0);
    });
  };

  const insertAtCursor = (field, text) => {
    const start = field.selectionStart ?? field.value.length;
    field.setRangeText(text, start, field.selectionEnd ?? start, "end");
    field.focus();
  };

  const addLine = (field, text) => {
    const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.includes(text)) {
      lines.push(text);
      field.value = `${lines.join("\n")}\n`;
    }
  };

  const chosenOnly = (form) => {
    const box = form.querySelector("[data-chosen-only]");
    const radios = form.querySelectorAll("input[name=audience]");
    if (!box || !radios.length) {
      return;
    }
    const show = () => {
      box.hidden = form.querySelector("input[name=audience]:checked")?.value !== "chosen";
    };
    radios.forEach((radio) => radio.addEventListener("change", show));
    show();
  };

  const forms = () => {
    document.querySelectorAll("form[method=post]:not([data-ready])").forEach((form) => {
      form.dataset.ready = "1";
      once(form);
      chosenOnly(form);
    });
  };

  let lastField = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-merge-target]")) {
      lastField = event.target;
    }
  });

  document.addEventListener("click", (event) => {
    const merge = event.target.closest("[data-merge-field]");
    if (merge) {
      const field = lastField || document.querySelector("textarea[data-merge-target]");
      if (field) {
        insertAtCursor(field, merge.dataset.mergeField);
      }
    }
    const pick = event.target.closest("[data-pick]");
    const addresses = document.querySelector("[data-addresses]");
    if (pick && addresses) {
      addLine(addresses, pick.dataset.pick);
      pick.setAttribute("aria-pressed", "true");
      pick.classList.add("active");
    }
  });

  // The back button shows the page as it was left: let its forms be sent again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach((button) => {
        button.removeAttribute("aria-disabled");
        button.classList.remove("disabled");
      });
    });
  });
  document.addEventListener("htmx:afterSettle", forms);
  document.addEventListener("DOMContentLoaded", () => {
    forms();
    document.querySelector("[data-error-summary]")?.focus();
  });
})();
