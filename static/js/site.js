/* Everything here is an extra. Each page works without it. */
(function () {
  "use strict";
  var d = document, leave = d.querySelector("[data-leave]"), priv = d.querySelector("[data-private]"), taps = [];

  function go() {
    d.documentElement.className = "gone";
    d.title = "\u2026";
    location.replace(leave.href);
  }
  if (leave) {
    leave.addEventListener("click", function (e) { e.preventDefault(); go(); });
    d.addEventListener("keydown", function (e) {
      if (e.key !== "Shift") { taps = []; return; }
      if (e.repeat) return;
      var now = Date.now();
      taps = taps.filter(function (t) { return now - t < 5000; });
      if (taps.push(now) > 2) go();
    });
  }

  /* A page that came back from the browser's memory may show old answers. */
  addEventListener("pageshow", function (e) {
    if (e.persisted && (priv || d.documentElement.className === "gone")) location.reload();
  });

  /* "None of these" and "I am not sure" stand alone. */
  d.addEventListener("change", function (e) {
    var t = e.target;
    if (t.type !== "checkbox" || !t.checked || !t.name) return;
    d.getElementsByName(t.name).forEach(function (o) {
      if (o !== t && (t.dataset.alone || o.dataset.alone)) o.checked = false;
    });
  });

  var problem = d.getElementById("problem");
  if (problem) { problem.focus({ preventScroll: true }); scrollTo(0, 0); }

  d.querySelectorAll("[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { print(); });
  });

  /* After 15 quiet minutes, cover the page. Nothing is lost. */
  var cover = d.getElementById("cover"), timer;
  if (cover && cover.showModal) {
    var wake = function () {
      clearTimeout(timer);
      if (!cover.open) timer = setTimeout(function () { cover.showModal(); }, 9e5);
    };
    ["keydown", "pointerdown", "scroll", "close"].forEach(function (n) { addEventListener(n, wake, true); });
    wake();
  }
})();
