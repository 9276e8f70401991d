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
    if (event.defaultPrevented) return;
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });

  if (form) {
    const value = form.elements.namedItem("value");
    const reason = form.elements.namedItem("reason");
    const correct = form.querySelector('[value="correct"]');
    const ask = document.getElementById("lc-ask");
    let pending = null;
    // A decision against the tool waits for its reason; Enter then sends it.
    form.addEventListener("submit", (event) => {
      const said = event.submitter && event.submitter.dataset.ask;
      if (!said || reason.value.trim()) return;
      event.preventDefault();
      pending = event.submitter;
      ask.textContent = said + " Type it, then Enter.";
      ask.hidden = false;
      reason.focus();
    });
    // Enter in a field means what the field is for: a value is a correction; a reason waits for its verdict.
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") pending = null;
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      if (event.target === value) form.requestSubmit(correct);
      else if (pending) form.requestSubmit(pending);
      else event.target.blur();
    });
  }

  // A document: a mention in the text and its boxes on the page are shown together.
  function show(id) {
    for (const shown of document.querySelectorAll(".lc-here")) shown.classList.remove("lc-here");
    for (const found of document.querySelectorAll('[data-mention="' + CSS.escape(id) + '"]')) found.classList.add("lc-here");
  }
  for (const found of document.querySelectorAll("[data-mention]")) {
    found.addEventListener("mouseenter", () => show(found.dataset.mention));
    found.addEventListener("focus", () => show(found.dataset.mention));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    // On a button, a link or a summary Enter means that one.
    if (event.key === "Enter" && event.target !== document.body) return;
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
