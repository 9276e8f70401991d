// Marking what the tool missed: drag over words of the page, or choose them with the arrow keys, or select them in the text.
(function () {
  "use strict";
  const bar = document.getElementById("lc-marking");
  const button = document.getElementById("lc-mark");
  if (!bar || !button) return;
  const said = bar.querySelector("[role=status]");
  const sheet = document.querySelector(".lc-sheet");
  const text = document.querySelector(".lc-text");
  const HELP = "Drag over words on the page, or select them in the text. Arrow keys go from word to word, Shift and an arrow takes more, Enter goes on, Escape ends.";
  const TOUCH = "Draw a finger over the words on the page; two fingers zoom.";
  let words = null; // [start, end, left, top, width, height, text], in the order of the text; places in percent of the page
  let on = false;
  let first = -1; // where the chosen words begin and where the keys stand, as indexes
  let last = -1;
  let drag = null;
  let layer = null;

  // Offsets count code points; the document counts UTF-16 units.
  const points = (string) => Array.from(string).length;

  function go(query) {
    location.href = bar.dataset.mark + "?" + new URLSearchParams(query);
  }

  let loading = null;

  function load() {
    if (!loading) {
      loading = fetch(bar.dataset.words, { credentials: "same-origin" })
        .then((answer) => {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        })
        .then((answer) => { words = answer.words; });
      loading.catch(() => { loading = null; });
    }
    return loading;
  }

  function draw(boxes, frame) {
    if (!layer) return;
    layer.replaceChildren();
    for (const [left, top, width, height] of boxes) {
      const box = document.createElement("span");
      box.className = "lc-chosen";
      Object.assign(box.style, { left: left + "%", top: top + "%", width: width + "%", height: height + "%" });
      layer.append(box);
    }
    if (!frame) return;
    const box = document.createElement("span");
    box.className = "lc-frame";
    Object.assign(box.style, { left: frame[0] + "%", top: frame[1] + "%", width: frame[2] - frame[0] + "%", height: frame[3] - frame[1] + "%" });
    layer.append(box);
  }

  const placeOf = (word) => [word[2], word[3], word[4], word[5]];

  async function start() {
    button.setAttribute("aria-pressed", "true");
    said.textContent = "…";
    try {
      await load();
    } catch (error) {
      said.textContent = "The words of this page cannot be had: " + error.message;
      button.setAttribute("aria-pressed", "false");
      return;
    }
    on = true;
    first = last = -1;
    if (sheet) {
      sheet.classList.add("lc-marks");
      layer = document.createElement("div");
      layer.className = "lc-layer";
      sheet.append(layer);
      // Where the page lies below its text, a finger would have to find it first.
      if (matchMedia("(max-width: 800px)").matches) sheet.scrollIntoView({ block: "start" });
    }
    said.textContent = words.length ? (matchMedia("(pointer: coarse)").matches && sheet ? TOUCH : HELP) : "This page has no words that stand in the text.";
  }

  function end() {
    on = false;
    drag = null;
    button.setAttribute("aria-pressed", "false");
    said.textContent = "";
    if (sheet) sheet.classList.remove("lc-marks");
    if (layer) layer.remove();
    layer = null;
    getSelection().removeAllRanges();
  }

  // -- the page's picture

  function at(event) {
    const box = sheet.getBoundingClientRect();
    const percent = (value, low, size) => Math.min(100, Math.max(0, ((value - low) / size) * 100));
    return [percent(event.clientX, box.left, box.width), percent(event.clientY, box.top, box.height)];
  }

  function frameOf(from, to) {
    return [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
  }

  function under(frame) {
    const holds = (box, x, y) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3];
    return words.filter((word) => {
      const box = [word[2], word[3], word[2] + word[4], word[3] + word[5]];
      return holds(frame, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2) || holds(box, (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2);
    });
  }

  if (sheet) {
    sheet.addEventListener("click", (event) => { if (on) event.preventDefault(); }, true);
    sheet.addEventListener("dragstart", (event) => { if (on) event.preventDefault(); });
    sheet.addEventListener("pointerdown", (event) => {
      // A second finger zooms.
      if (on && !event.isPrimary) { drag = null; draw([]); }
      if (!on || event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      sheet.setPointerCapture(event.pointerId);
      drag = at(event);
      getSelection().removeAllRanges();
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!on || !drag) return;
      const frame = frameOf(drag, at(event));
      draw(under(frame).map(placeOf), frame);
    });
    sheet.addEventListener("pointerup", (event) => {
      if (!on || !drag) return;
      const frame = frameOf(drag, at(event));
      drag = null;
      const chosen = under(frame);
      draw(chosen.map(placeOf), frame);
      if (chosen.length) go({ page: bar.dataset.pageNumber, box: frame.map((side) => side.toFixed(3)).join(",") });
      else said.textContent = "No words of the text layer lie there.";
    });
    sheet.addEventListener("pointercancel", () => { drag = null; draw([]); });
  }

  // -- the text

  function holders() {
    return Array.from(text ? text.querySelectorAll("[data-start]") : []);
  }

  function offsetIn(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const holder = element && element.closest("[data-start]");
    if (!holder || !text.contains(holder)) return null;
    const before = document.createRange();
    before.setStart(holder, 0);
    before.setEnd(node, offset);
    return Number(holder.dataset.start) + points(before.toString());
  }

  function selected() {
    const selection = getSelection();
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const from = offsetIn(range.startContainer, range.startOffset);
    const to = offsetIn(range.endContainer, range.endOffset);
    return from !== null && to !== null && from < to ? [from, to] : null;
  }

  // Where an offset of the document stands in the page's text: a text node with its own offset.
  function stands(offset) {
    for (const holder of holders()) {
      let rest = offset - Number(holder.dataset.start);
      if (rest < 0) continue;
      const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const length = points(node.data);
        if (rest <= length) return [node, Array.from(node.data).slice(0, rest).join("").length];
        rest -= length;
      }
    }
    return null;
  }

  // -- the keys

  function choose() {
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    const chosen = words.slice(low, high + 1);
    draw(chosen.map(placeOf));
    const from = stands(chosen[0][0]);
    const to = stands(chosen[chosen.length - 1][1]);
    if (from && to) {
      getSelection().setBaseAndExtent(from[0], from[1], to[0], to[1]);
      from[0].parentElement.scrollIntoView({ block: "nearest" });
    }
    said.textContent = chosen.map((word) => word[6]).join(" ");
    const box = layer && layer.lastElementChild;
    if (box) box.scrollIntoView({ block: "nearest" });
  }

  // The word that stands nearest above or below, measured from middle to middle, across less than along.
  function beside(from, down) {
    const middle = (word) => [word[2] + word[4] / 2, word[3] + word[5] / 2];
    const [x, y] = middle(words[from]);
    let best = from;
    let least = Infinity;
    words.forEach((word, index) => {
      const [wide, high] = middle(word);
      const away = down ? high - y : y - high;
      if (away < words[from][5] / 2) return;
      const distance = away + Math.abs(wide - x) / 2;
      if (distance < least) [best, least] = [index, distance];
    });
    return best;
  }

  const MOVES = {
    ArrowRight: (index) => Math.min(words.length - 1, index + 1),
    ArrowLeft: (index) => Math.max(0, index - 1),
    ArrowDown: (index) => beside(index, true),
    ArrowUp: (index) => beside(index, false),
    Home: () => 0,
    End: () => words.length - 1,
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "Escape") {
      end();
    } else if (event.key === "Enter" && first >= 0) {
      event.preventDefault();
      const [low, high] = [Math.min(first, last), Math.max(first, last)];
      go({ start: words[low][0], end: words[high][1] });
    } else if (event.key === "Enter" && selected()) {
      event.preventDefault();
      const [from, to] = selected();
      go({ start: from, end: to });
    } else if (MOVES[event.key] && words.length) {
      event.preventDefault();
      const stood = first >= 0;
      last = stood ? MOVES[event.key](last) : 0;
      if (!event.shiftKey || !stood) first = last;
      choose();
    }
  }, true);

  // A selection made by hand in the text takes the place of what the keys chose.
  if (text) text.addEventListener("pointerdown", () => { first = last = -1; if (on) draw([]); });

  // The first words of a document take a moment: they are fetched while the pointer is on its way.
  button.addEventListener("pointerenter", () => { load().catch(() => {}); });

  // Pressing the button must not lose what is selected in the text.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const chosen = selected();
    if (chosen) go({ start: chosen[0], end: chosen[1] });
    else if (on) end();
    else start();
  });
})();
