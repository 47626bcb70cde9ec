// Runs in a page of the same origin: opens the pages one after the other in a frame, reads what is visible in the
// article of each, and posts it to the server that served this file. SITE is put in by render.py.

const SHOWN = `details > *, [role=tabpanel], .tabbed-block, .accordion-panel {
  display: block !important; height: auto !important; max-height: none !important; visibility: visible !important;
}
* { animation: none !important; transition: none !important; }`;
// Code, what is no text, and what is struck out: the author takes it back.
const NO_PROSE =
  "pre, code, kbd, samp, tt, var, script, style, template, noscript, svg, math, textarea, select, button, del, s, strike";

// A box without a title of its own is given the name of its type, which is one of its classes.
function isDefaultTitle(element) {
  const box = element.parentElement.closest("[class], details");
  const types = [...element.classList, ...(box ? box.classList : []), box ? box.localName : ""];
  return types.join(" ").toLowerCase().split(/[\s_-]+/).includes(element.textContent.trim().toLowerCase());
}

function isClipped(element, root) {
  for (let at = element; at && at !== root; at = at.parentElement) {
    const style = at.ownerDocument.defaultView.getComputedStyle(at);
    if (at.clientWidth <= 1 && at.clientHeight <= 1 && style.overflow !== "visible" && style.display !== "inline") {
      return true;
    }
  }
  return false;
}

function isVisible(text, root) {
  const element = text.parentElement;
  const range = text.ownerDocument.createRange();
  range.selectNodeContents(text);
  return (
    range.getClientRects().length > 0 &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !isClipped(element, root)
  );
}

function blockOf(element) {
  const view = element.ownerDocument.defaultView;
  while (view.getComputedStyle(element).display === "inline") element = element.parentElement;
  return element;
}

// The visible text of an element, one string for each block.
function visibleText(root, leftOut, titles) {
  for (const details of root.querySelectorAll("details")) details.open = true;
  const document = root.ownerDocument;
  const style = document.createElement("style");
  style.textContent = SHOWN;
  document.head.append(style);
  const skipped = new Set(root.querySelectorAll(leftOut ? `${NO_PROSE}, ${leftOut}` : NO_PROSE));
  for (const title of titles ? root.querySelectorAll(titles) : []) if (isDefaultTitle(title)) skipped.add(title);
  const runs = [];
  let last = null;
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const block = blockOf(node.parentElement);
      if (node.data.trim() && !isVisible(node, root)) return;
      if (block !== last) runs.push("");
      last = block;
      runs[runs.length - 1] += node.data;
    } else if (node.nodeType === Node.ELEMENT_NODE && !skipped.has(node)) {
      if (["br", "wbr"].includes(node.localName) && runs.length) runs[runs.length - 1] += node.localName === "br" ? " " : "";
      node.childNodes.forEach(walk);
    } else if (runs.length && blockOf(node.parentElement) === last) {
      runs[runs.length - 1] += node.nodeType === Node.ELEMENT_NODE ? " " : "";
    }
  };
  walk(root);
  return runs.map((run) => run.replace(/\s+/g, " ").trim()).filter(Boolean);
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function read(frame, url) {
  await new Promise((done) => { frame.onload = done; frame.src = url; });
  await wait(SITE.settle);
  const root = frame.contentDocument.querySelector(SITE.article);
  return root ? visibleText(root, SITE.leftOut, SITE.titles) : null;
}

(async () => {
  const frame = document.createElement("iframe");
  frame.style.cssText = "width: 1400px; height: 1000px";
  document.body.append(frame);
  const texts = {};
  for (const [page, url] of Object.entries(SITE.pages)) texts[page] = await read(frame, url);
  await fetch("/done", { method: "POST", body: JSON.stringify(texts) });
})();
