/* Small help for editors. Every page works without it. */
(() => {
  // The rich text boxes take their names from the labels of the text areas they stand for.
  document.addEventListener("prose-editor:ready", (event) => {
    const { textarea, editor } = event.detail;
    const box = editor.view.dom;
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", `l-${textarea.id}`);
    box.setAttribute("lang", textarea.lang);
  });

  // Leaving with something typed and not saved: the browser asks first.
  const form = document.querySelector("[data-words]");
  if (form) {
    let typed = form.hasAttribute("data-unsaved");
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  }

  // A preview shows the theme (or the paper) that was chosen, whatever this device prefers: the rules of the page
  // in the frame that ask the device are told the answer.
  const ANSWERS = {
    light: [["prefers-color-scheme: dark", false], ["prefers-color-scheme: light", true]],
    dark: [["prefers-color-scheme: dark", true], ["prefers-color-scheme: light", false]],
    print: [["prefers-color-scheme: dark", false], ["screen", false], ["print", true]],
  };
  const answer = (rules, answers) => {
    for (const rule of rules) {
      if (!(rule instanceof rule.parentStyleSheet.ownerNode.ownerDocument.defaultView.CSSMediaRule)) continue;
      const found = answers.find(([words]) => rule.media.mediaText.includes(words));
      if (found) rule.media.mediaText = found[1] ? "all" : "not all";
      else answer(rule.cssRules, answers);
    }
  };
  for (const frame of document.querySelectorAll("iframe[data-theme]")) {
    const dress = () => {
      const page = frame.contentDocument;
      if (!page || page.URL === "about:blank") return;
      const theme = frame.dataset.theme;
      for (const sheet of page.styleSheets) answer(sheet.cssRules, ANSWERS[theme]);
      page.documentElement.style.colorScheme = theme === "dark" ? "dark" : "light";
    };
    frame.addEventListener("load", dress);
    if (frame.contentDocument && frame.contentDocument.readyState === "complete") dress();
  }
})();
