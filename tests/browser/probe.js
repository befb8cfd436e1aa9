({
  /* What a page looks like to somebody who must see it and hit it. Each question gives a list of what is wrong. */

  _name(e) {
    const text = (e.innerText || e.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${[e.tagName.toLowerCase(), ...e.classList].join(".")} "${text}"`;
  },

  _shown(e) {
    if (e.closest(".vh, .skip, dialog:not([open])")) return false;
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && e.checkVisibility({ visibilityProperty: true });
  },

  /* Stands in a box of its own that scrolls sideways, as a wide table may. */
  _scrolls(e) {
    for (; e && e !== document.body; e = e.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  },

  /* For a choice, the whole row is what is seen and hit. */
  _row(e) {
    return e.matches(".opt input") ? e.parentElement.querySelector("label") : e;
  },

  /* Sticks out at a side of the page. */
  overflow() {
    const width = document.documentElement.clientWidth, wrong = [];
    if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const e = texts.currentNode.parentElement, range = document.createRange();
      if (!texts.currentNode.data.trim() || e.closest("svg") || !this._shown(e) || this._scrolls(e)) continue;
      range.selectNodeContents(texts.currentNode);
      const box = range.getBoundingClientRect();
      if (box.left < -0.5 || box.right > width + 0.5) wrong.push(`${this._name(e)} from ${box.left | 0} to ${box.right | 0}`);
    }
    return wrong;
  },

  /* Does not fit its own box, and the box hides or spills what does not fit. */
  clipped() {
    const wrong = [];
    for (const e of document.body.querySelectorAll("*")) {
      if (!this._shown(e) || e.closest("svg") || e.matches("input")) continue;
      const style = getComputedStyle(e);
      const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
      const spills = e.matches("a, button, label, dd, summary") && style.display !== "inline" && e.scrollWidth > e.clientWidth + 1;
      if ((hides && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)) || spills) wrong.push(this._name(e));
    }
    return wrong;
  },

  /* A word cut in two where nothing but a lack of room cuts it. */
  broken() {
    const wrong = [], range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode, e = node.parentElement;
      if (!node.data.trim() || e.closest("svg") || !this._shown(e)) continue;
      range.selectNodeContents(node);
      if (range.getClientRects().length < 2) continue;
      for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
        if (!/^[^\p{L}\p{N}-]*\p{L}{2,}[^\p{L}\p{N}-]*$/u.test(word)) continue;
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
        if (boxes.some((box) => box.top > boxes[0].bottom - 1)) wrong.push(`"${word}" in ${this._name(e)}`);
      }
    }
    return wrong;
  },

  /* Where the system picks the colors, nothing has a background: what is pressed needs an edge, what is chosen a ring. */
  edges() {
    const wrong = [];
    for (const e of document.querySelectorAll(".btn, .door, .in, .opt label, .problem, .card, .sos-card, .leave a")) {
      const style = getComputedStyle(e);
      if (this._shown(e) && (style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1)) wrong.push(`${this._name(e)} has no edge`);
    }
    for (const e of document.querySelectorAll(".opt input:checked + label, .rungs .here")) {
      const style = getComputedStyle(e);
      if (this._shown(e) && (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)) wrong.push(`${this._name(e)} does not look chosen`);
    }
    return wrong;
  },

  /* Too small for a thumb: a control under 44 px, or a link of its own under 24 px. */
  small() {
    const wrong = [];
    for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, select, textarea")) {
      const row = this._row(e);
      if (!this._shown(row)) continue;
      const box = row.getBoundingClientRect();
      const among = e.tagName === "A" && getComputedStyle(e).display === "inline" &&
        e.parentElement.textContent.trim() !== e.textContent.trim();
      if (among) continue;
      const least = e.tagName === "A" && !e.matches(".btn, .door, nav a, .act, .problem a") ? 24 : 44;
      if (box.height < least - 0.5 || box.width < 24 || (least === 44 && box.width < 43.5)) {
        wrong.push(`${this._name(e)} is ${box.width | 0} x ${box.height | 0}`);
      }
    }
    return wrong;
  },

  /* Has the focus, and is hidden behind something. Forward as with Tab, then backward as with Shift and Tab. */
  covered() {
    const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")].filter(
      (e) => this._shown(this._row(e)));
    const wrong = [];
    for (const order of [stops, stops.toReversed()]) {
      scrollTo(0, order === stops ? 0 : document.documentElement.scrollHeight);
      for (const e of order) {
        e.focus();
        if (document.activeElement !== e) { wrong.push(`${this._name(this._row(e))} takes no focus`); continue; }
        /* A link that breaks over lines is several boxes; between them there is nothing to see. */
        const row = this._row(e), boxes = [...row.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height);
        const box = boxes[0];
        const seen = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y]));
        /* A row taller than the window can not be seen whole; elsewhere every one of nine points must be. */
        const hits = seen.filter(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (hit === e || row.contains(hit) || hit.contains(row)); });
        if (hits.length < (box.height > innerHeight - 60 ? 3 : 9)) wrong.push(`${this._name(row)}: ${hits.length} of 9 points seen`);
      }
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return wrong;
  },

  /* What has the focus now, counted in points of nine that can be seen; none of the page: null. */
  here() {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const row = this._row(e), box = row.getBoundingClientRect();
    const seen = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y]));
    const hits = seen.filter(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (hit === e || row.contains(hit) || hit.contains(row)); });
    return { name: this._name(row), seen: hits.length, least: box.height > innerHeight - 60 ? 3 : 9, ring: this._ring(row) };
  },

  _rgb(color) {
    return color.match(/[\d.]+/g).map(Number);
  },

  _luminance(color) {
    const [r, g, b] = this._rgb(color).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  },

  _contrast(one, other) {
    const [low, high] = [this._luminance(one), this._luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  },

  /* How far the ring around this stands out from what is behind it: the better of its two colors. 0 without a ring. */
  _ring(e) {
    const style = getComputedStyle(e);
    if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 2) return 0;
    let behind = e.parentElement;
    while (behind && (this._rgb(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
    const ground = behind ? getComputedStyle(behind).backgroundColor : getComputedStyle(document.body).backgroundColor;
    const colors = [style.outlineColor, ...(style.boxShadow.match(/rgba?\([^)]*\)/g) || [])];
    return Math.max(...colors.filter((c) => (this._rgb(c)[3] ?? 1) > 0).map((c) => this._contrast(c, ground)));
  },

  /* Has the focus, as from the keyboard, and does not show it. */
  rings() {
    const wrong = [];
    for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, select, textarea")) {
      const row = this._row(e);
      if (!this._shown(row)) continue;
      const before = this._ring(row);
      e.focus();
      const ring = this._ring(row);
      if (before || ring < 3) wrong.push(`${this._name(row)}: ring ${before.toFixed(1)} before, ${ring.toFixed(1)} with the focus`);
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return wrong;
  },

  /* Help is not one tap away, or its numbers cannot be read. */
  crisis() {
    const links = [...document.querySelectorAll("a[href]")].filter((e) => this._shown(e));
    const near = links.some((e) => e.closest(".crisis")) || ["tel:911", "tel:988"].every((to) => links.some((e) => e.getAttribute("href") === to));
    const wrong = near ? [] : ["no link to help"];
    return wrong.concat(["911", "988"].filter((number) => !document.body.innerText.includes(number)).map((number) => `${number} cannot be read`));
  },

  /* In what order the parts of the page follow each other down the page, with or without its looks. */
  order() {
    const parts = [".skip", ".leave", ".crisis", ".brand", ".back", "h1", "main .opt, main .btn", ".foot"];
    return parts.filter((part) => document.querySelector(part)).map((part) => [part, Math.round(document.querySelector(part).getBoundingClientRect().top)]);
  },

  /* How far down the first choice ends, in a window nobody has scrolled; and whether it is really there. */
  firstChoice() {
    const label = document.querySelector(".opt label"), box = label.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + box.width / 2, box.bottom - 2);
    return { end: Math.ceil(box.bottom), seen: scrollY === 0 && box.top >= 0 && hit !== null && label.contains(hit) };
  },

  /* How much the page moved under the reader while it loaded. */
  shift() {
    return new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((s) => { sum += s.value; })).observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
    });
  },

  /* What WCAG lets a reader do to the text. Without argument: undo it. */
  spread(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css || "");
    document.adoptedStyleSheets = [sheet];
  },

  /* Everything a browser may keep for this origin. */
  async kept() {
    return {
      local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length,
      caches: window.caches ? (await caches.keys()).length : 0,
      workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
    };
  },
})
