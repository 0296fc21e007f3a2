"use strict";
(() => {
  const HOLD_MILLISECONDS = 1000;
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const main = document.querySelector("main");

  // What is shown is gone when the page is left, also from the browser's own
  // memory of pages that "back" brings up again.
  addEventListener("pagehide", () => {
    if (main.dataset.changed) main.textContent = "";
    all("textarea, input").forEach((field) => { field.value = ""; });
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // What nobody has kept yet: the browser asks before it is lost, in its own words.
  addEventListener("beforeunload", (event) => {
    if (!main.querySelector("[data-only-copy]") && !all("textarea").some((field) => field.value)) return;
    event.preventDefault();
    event.returnValue = "unsaved";
  });
  const keep = (source) => {
    if (source.dataset.onlyCopy !== undefined) all("[data-only-copy]").forEach((element) => { delete element.dataset.onlyCopy; });
  };
  // By hand, too.
  document.addEventListener("copy", () => {
    all("[data-only-copy]").forEach((element) => { if (getSelection().containsNode(element, true)) keep(element); });
  });

  const say = (root, text) => { const place = root.querySelector("[data-alert]"); if (place) place.textContent = text; };

  // The answer to a form is a page; only its content is taken, so that it gets
  // into no history, and into no cache.
  async function send(root, address, body, credentials) {
    const button = root.querySelector("[data-working]");
    // A second call would find the secret gone, and put that in its place.
    if (button.disabled) return;
    if (navigator.onLine === false) return say(root, root.dataset.offline);
    const label = button.querySelector(".text") || button;
    const text = label.textContent;
    say(root, "");
    button.disabled = true;
    label.textContent = button.dataset.working;
    // Whatever else goes wrong, it may have been done all the same.
    let problem = root.dataset.failed;
    try {
      const headers = { Accept: "text/html", "Accept-Language": document.documentElement.lang };
      if (credentials) headers.Authorization = credentials;
      const answer = await fetch(address, { method: "POST", headers, body, credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" });
      if ((answer.headers.get("content-type") || "").startsWith("text/html")) {
        show(root, new DOMParser().parseFromString(await answer.text(), "text/html"));
        problem = "";
      } else if (answer.status === 413 || answer.status === 429) {
        // The gateway's own, which has asked nobody.
        problem = root.dataset.refused;
      }
    } catch (error) {
      // The browser's console has it.
    }
    if (problem) say(root, problem);
    button.disabled = false;
    label.textContent = text;
  }

  function show(root, page) {
    const error = page.querySelector("main [data-error]");
    if (error && root.querySelector("[data-alert]")) {
      say(root, error.textContent);
      const field = root.querySelector("[name=passphrase][required]");
      if (field) { field.focus(); field.select(); }
      return;
    }
    // Forms for those without script have no place where there is one.
    all("noscript", page).forEach((element) => element.remove());
    main.dataset.changed = "yes";
    main.textContent = "";
    main.append(...Array.from(page.querySelector("main").childNodes));
    document.title = page.title;
    // Its links know what leaving it would lose, and it is in no other language.
    for (const name of ["header", "footer"]) document.querySelector(name).replaceWith(page.querySelector(name));
    enliven();
    scrollTo(0, 0);
    main.querySelector("h1").focus();
  }

  function credentials(form) {
    const user = form.querySelector("[data-user]");
    const token = form.querySelector("[data-token]");
    if (!user || user.disabled || !(user.value || token.value)) return null;
    const bytes = new TextEncoder().encode(`${user.value.trim()}:${token.value.trim()}`);
    return `Basic ${btoa(String.fromCharCode(...bytes))}`;
  }

  function form(element) {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.isTrusted) send(element, element.getAttribute("action"), new URLSearchParams(new FormData(element)), credentials(element));
    });
  }

  // A blank at an end is easily typed, and not seen.
  function edges(field) {
    const note = document.getElementById(field.dataset.edges);
    field.addEventListener("input", () => { note.hidden = field.value === field.value.trim(); });
  }

  // Lives that only accounts may have.
  function account(details) {
    const update = () => {
      // What cannot be seen is not sent.
      all("input", details).forEach((field) => { field.disabled = !details.open; });
      all("option[data-account]").forEach((option) => {
        option.hidden = option.disabled = !details.open;
        if (option.selected && !details.open) all("option", option.parentElement).forEach((other) => { other.selected = other.defaultSelected; });
      });
    };
    details.addEventListener("toggle", update);
    update();
  }

  // A button that does something only when a person holds it: programs click.
  function deliberate(element) {
    const button = element.querySelector("[data-hold]");
    const label = button.querySelector(".text");
    const text = label.textContent;
    let timer = 0;
    const act = () => send(element, element.dataset.deliberate, new URLSearchParams({ deliberate: "yes" }), null);
    const stop = () => {
      if (!timer) return false;
      clearTimeout(timer);
      timer = 0;
      button.classList.remove("holding");
      label.textContent = text;
      return true;
    };
    const letGo = () => { if (stop()) say(element, button.dataset.tooShort); };
    const start = (event) => {
      if (!event.isTrusted || timer || button.disabled) return;
      say(element, "");
      button.classList.add("holding");
      label.textContent = button.dataset.holding;
      timer = setTimeout(() => { stop(); act(); }, HOLD_MILLISECONDS);
    };
    button.addEventListener("pointerdown", (event) => {
      // A finger is kept by what it touched first, and would never leave it.
      if (button.hasPointerCapture(event.pointerId)) button.releasePointerCapture(event.pointerId);
      if (event.isPrimary && event.button === 0) start(event);
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) button.addEventListener(name, letGo);
    button.addEventListener("blur", stop);
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    button.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return stop();
      event.preventDefault();
      if (!event.repeat) start(event);
    });
    button.addEventListener("keyup", letGo);
    document.addEventListener("visibilitychange", stop);

    const word = element.querySelector("[data-word]");
    word.addEventListener("input", (event) => {
      if (event.isTrusted && word.value.trim().toLowerCase() === word.dataset.word) { word.value = ""; act(); }
    });
  }

  function copy(button) {
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const status = main.querySelector("[data-status]");
      let text = button.dataset.done;
      try {
        await navigator.clipboard.writeText(source.textContent);
        keep(source);
      } catch (error) {
        // Not there without TLS. What is hidden cannot be selected.
        const folded = source.closest("details");
        if (folded) folded.open = true;
        if (source.classList.contains("veiled")) main.querySelector(`[data-toggle="${source.id}"]`).click();
        getSelection().selectAllChildren(source);
        text = button.dataset.failed;
      }
      status.textContent = text;
      setTimeout(() => { status.textContent = ""; }, 4000);
    });
  }

  function toggle(button) {
    const target = document.getElementById(button.dataset.toggle);
    button.addEventListener("click", () => {
      const veiled = target.classList.toggle("veiled");
      target.setAttribute("aria-hidden", String(veiled));
      target.tabIndex = veiled ? -1 : 0;
      button.textContent = veiled ? button.dataset.show : button.dataset.hide;
    });
  }

  // The reader's own time zone.
  function local(time) {
    const date = new Date(time.dateTime);
    if (isNaN(date)) return;
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    time.textContent = format.format(date);
  }

  function enliven() {
    all("[data-script]").forEach((element) => { element.hidden = false; });
    all("form[data-send]").forEach(form);
    all("[data-deliberate]").forEach(deliberate);
    all("[data-copy]").forEach(copy);
    all("[data-toggle]").forEach(toggle);
    all("[data-edges]").forEach(edges);
    all("details.account").forEach(account);
    all("time").forEach(local);
  }
  enliven();
})();
