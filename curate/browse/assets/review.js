// One key a decision: a key presses the button, follows the link or enters the field that carries it.
(function () {
  "use strict";
  const page = document.querySelector(".lc-page");
  if (!page) return;
  const carrier = (key) => document.querySelector('[data-key="' + CSS.escape(key) + '"]');
  const form = document.getElementById("lc-decide");
  const keys = document.getElementById("lc-keys");
  let sent = false;

  function showKeys(button) {
    keys.hidden = !keys.hidden;
    button.setAttribute("aria-expanded", String(!keys.hidden));
  }

  const help = carrier("?");
  if (help && keys) help.addEventListener("click", () => showKeys(help));

  // A key held down, or pressed twice, must not decide the flag and then the next one.
  document.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });

  if (form) {
    const value = form.elements.namedItem("value");
    const correct = form.querySelector('[value="correct"]');
    // Enter in a field means what the field is for: a value is a correction; a reason waits for its verdict.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      if (event.target === value) form.requestSubmit(correct);
      else event.target.blur();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "Enter" && page.dataset.page === "queue" && event.target === document.body) {
      const first = document.querySelector(".lc-row");
      if (first) first.click();
      return;
    }
    const found = carrier(event.key);
    if (!found) return;
    event.preventDefault();
    if (found.tagName === "INPUT") found.focus();
    else found.click();
  });
})();
