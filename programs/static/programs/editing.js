/* Small help for editors. Every page works without it. */
(() => {
  // The rich text boxes take their names from the labels of the text areas they stand for.
  const name = (textarea, box) => {
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", `l-${textarea.id}`);
    box.setAttribute("lang", textarea.lang);
  };
  document.addEventListener("prose-editor:ready", (event) => {
    const { textarea, editor } = event.detail;
    name(textarea, editor.view.dom);
  });

  // Leaving with something typed and not saved: the browser asks first.
  const form = document.querySelector("[data-words]");
  if (form) {
    let typed = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  }
})();
