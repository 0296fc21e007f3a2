// Programs that open links, and must use nothing up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer, visitor } from "./support.mjs";

const TEXT = "not for machines";
let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

async function isUntouched({ secret_key: key, metadata_key: receipt }) {
  const answer = await fetch(`${server.origin}/api/v1/private/${receipt}`);
  assert.equal((await answer.json()).state, "new");
  assert.equal(await server.reveal(key), TEXT);
}

test("a scanner with a browser clicks everything once and follows every link", async () => {
  const shared = await server.share({ secret: TEXT });
  const scanner = await visitor(browser, server.origin);
  const { page } = scanner;
  const links = [shared.secret_url];
  const seen = new Set();
  while (links.length) {
    const link = links.shift();
    if (seen.has(link)) continue;
    seen.add(link);
    await page.goto(link);
    links.push(...(await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href))));
    // What is behind a disclosure can be clicked when that is open.
    const selector = "button, input, select, summary, textarea, label, [role=button], [onclick], [tabindex]";
    const clickable = await page.locator(selector).all();
    for (const element of clickable) {
      if (await element.isVisible()) await element.click({ timeout: 300, noWaitAfter: true }).catch(() => {});
    }
  }
  assert.ok(seen.size >= 10, `it followed ${seen.size} links`);
  await scanner.leave();
  await isUntouched(shared);
});

test("a scanner that clicks by program, hidden elements too, and sends every form", async () => {
  const shared = await server.share({ secret: TEXT });
  const scanner = await visitor(browser, server.origin);
  const { page } = scanner;
  await page.goto(shared.secret_url);
  await page.evaluate(async () => {
    const events = ["pointerdown", "mousedown", "touchstart", "keydown"];
    for (const element of document.querySelectorAll("main *")) {
      for (const name of events) element.dispatchEvent(new Event(name, { bubbles: true }));
      element.click();
    }
    const word = document.querySelector("#word");
    word.value = word.dataset.word;
    word.dispatchEvent(new Event("input", { bubbles: true }));
    // Longer than the button wants to be held.
    await new Promise((done) => setTimeout(done, 1500));
    document.querySelectorAll("form").forEach((form) => form.submit());
  });
  await page.waitForLoadState();
  await scanner.leave();
  await isUntouched(shared);
});

test("a scanner with a browser without script clicks everything once", async () => {
  // In the order of the page, and with what belongs to a choice or without.
  for (const selector of ["a, button, input, summary", "label, button", "a, button, input, label, summary", "*"]) {
    const shared = await server.share({ secret: TEXT });
    for (const address of [shared.secret_url, `${server.origin}/private/${shared.metadata_key}`]) {
      const scanner = await visitor(browser, server.origin, { javaScriptEnabled: false, refusals: [400] });
      const { page } = scanner;
      await page.goto(address);
      for (const element of await page.locator("main").locator(selector).all()) {
        if (await element.isVisible().catch(() => false)) await element.click({ timeout: 300 }).catch(() => {});
      }
      await scanner.context.close();
    }
    await isUntouched(shared);
  }
});

for (const accept of ["text/html,application/xhtml+xml", "*/*", "application/xhtml+xml,*/*;q=0.8"]) {
  test(`a crawler without script that fills in and sends every form, but chooses nothing: ${accept}`, async () => {
    const shared = await server.share({ secret: TEXT });
    const page = await (await fetch(shared.secret_url)).text();
    const forms = [...page.matchAll(/<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
    assert.equal(forms.length, 1);
    for (const [, action, inside] of forms) {
      const body = new URLSearchParams();
      for (const [tag] of inside.matchAll(/<input[^>]*>/g)) {
        const value = (name) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? "";
        if (value("type") !== "radio") body.set(value("name"), value("value") || "x");
      }
      const headers = { accept };
      const address = new URL(action.replaceAll("&amp;", "&"), server.origin);
      const answer = await fetch(address, { method: "POST", headers, body });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /Please choose an answer first/);
    }
    await isUntouched(shared);
  });
}

test("a form that another site sends does nothing", async () => {
  const shared = await server.share({ secret: TEXT });
  const address = `${server.origin}/api/v1/secret/${shared.secret_key}?page=en`;
  for (const elsewhere of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.example" },
    { origin: "https://127.0.0.1.evil.example" },
  ]) {
    const headers = { accept: "text/html", ...elsewhere };
    const body = new URLSearchParams({ deliberate: "yes" });
    const answer = await fetch(address, { method: "POST", headers, body });
    assert.equal(answer.status, 403, JSON.stringify(elsewhere));
    assert.ok(!(await answer.text()).includes(TEXT));
  }
  await isUntouched(shared);
});

const PREVIEWS = [
  "curl/7.88.1",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "WhatsApp/2.23.20.0 A",
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "Mozilla/5.0 (compatible; Microsoft Outlook SafeLinks)",
  "TelegramBot (like TwitterBot)",
];

test("GET and HEAD of curl and of link previews use nothing up, and write nothing", async () => {
  for (const passphrase of ["", "open sesame"]) {
    const shared = await server.share({ secret: TEXT, passphrase });
    const { secret_key: key, metadata_key: receipt } = shared;
    await server.calls();
    for (const agent of PREVIEWS) {
      for (const method of ["GET", "HEAD"]) {
        for (const path of [`/secret/${key}`, `/secret/${key}/`, `/private/${receipt}`, `/receipt/${receipt}`]) {
          const headers = { "user-agent": agent, accept: "*/*" };
          const answer = await fetch(server.origin + path, { method, headers });
          assert.equal(answer.status, 200);
          const body = await answer.text();
          assert.ok(!body.includes(TEXT));
          assert.equal(answer.headers.get("cache-control"), "no-store");
          assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
          assert.equal(answer.headers.get("x-robots-tag"), "noindex, nofollow");
        }
      }
    }
    assert.deepEqual([...new Set(await server.calls())], ["GetItem"], "the pages only read");
    assert.equal(await server.reveal(key, { passphrase }), TEXT);
  }
});

test("the page of any key answers 200, and tells a used one from nothing else that could be a key", async () => {
  const { secret_key: used } = await server.share({ secret: TEXT });
  await server.reveal(used);
  const gone = new Set(), incomplete = new Set();
  for (const key of [used, "0".repeat(31), `${used}.`, "x", "%3Cscript%3E", "%00", "..%2f..%2fapi", "y".repeat(5000)]) {
    const answer = await fetch(`${server.origin}/secret/${key}`);
    if (key.includes("%2f")) {
      // Decoded, it has more segments than the page's address.
      assert.equal(answer.status, 404);
      continue;
    }
    assert.equal(answer.status, 200, key);
    (key.startsWith(used) || key === "0".repeat(31) ? gone : incomplete).add(await answer.text());
  }
  assert.deepEqual([gone.size, incomplete.size], [1, 1]);
});
