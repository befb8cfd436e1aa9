/* Keeps what an editor types, for this editor alone, until they save it. Without it the Save button does all. */
(() => {
  const form = document.querySelector("form[data-keep]");
  const said = document.querySelector("[data-kept]");
  if (!form || !said) return;
  const EVERY = 10000;
  const OFFLINE = "the server is not reached. It is tried again.";
  const SHUT_OUT = "you are signed out. Sign in again in another window, as yourself, then go on here.";
  // What came back from a save that was not done is kept, too.
  let typed = form.hasAttribute("data-unsaved") ? 1 : 0;
  let kept = 0;
  let sending = null;
  let leaving = false;

  // A message that did not change is not put there again, so nobody hears it twice.
  const say = (words, fails) => {
    if (said.textContent !== words) said.textContent = words;
    said.classList.toggle("ed-fails", fails);
  };
  const fail = (why) => say(`Not saved yet: ${why}`, true);

  // Whoever signed in again in another window has another token; the page of today knows it.
  const renew = async () => {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What one person typed is not kept, nor saved, in the name of another.
    if (fresh.querySelector("[data-keep]")?.dataset.who !== form.dataset.who) return false;
    const token = fresh.querySelector("[data-keep] [name=csrfmiddlewaretoken]");
    if (!token) return false;
    for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token.value;
    return true;
  };

  const post = (signal) => fetch(form.dataset.keep, {
    method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", signal,
  });

  const send = async (signal) => {
    let answer = await post(signal);
    if (answer.status === 403 && await renew()) answer = await post(signal);
    if (answer.type === "opaqueredirect" || answer.status === 403) return fail(SHUT_OUT);
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    if (!json) return fail(OFFLINE);
    const { saved, also, why } = await answer.json();
    if (!answer.ok) fail(why);
    // The same words would be refused again: the next ones are tried.
    if (!answer.ok) return answer.status === 422;
    say(saved ? `Saved ${saved}, for you alone. ${also || "“Save draft” shows it to the others."}` : (also || ""), false);
    return true;
  };

  const keep = async () => {
    if (sending || leaving || typed === kept) return;
    const now = typed;
    sending = new AbortController();
    try {
      if (await send(sending.signal)) kept = now;
    } catch {
      if (!leaving) fail(OFFLINE);
    }
    sending = null;
  };

  form.addEventListener("input", () => { typed += 1; });
  form.addEventListener("focusout", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", () => { leaving = true; if (sending) sending.abort(); });
  addEventListener("pageshow", () => { leaving = false; });
  setInterval(keep, EVERY);
})();
