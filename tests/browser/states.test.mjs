// Every page in every state: axe-core finds nothing, nothing is wider than the
// window, and the states say what they should.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { hold, startBrowser, startServer, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  const settings = { CONTACT_URL: "mailto:help@example.com", TERMS_URL: "https://example.com/terms" };
  [server, browser] = await Promise.all([startServer(settings), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

const LOOKS = {
  "wide and light": { viewport: { width: 1280, height: 800 } },
  "narrow and dark, in Polish": { viewport: { width: 320, height: 640 }, colorScheme: "dark", locale: "pl" },
  "at 200 % zoom, in German": { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, locale: "de" },
  "in French": { locale: "fr" },
  "in Spanish": { locale: "es" },
};

for (const [name, options] of Object.entries(LOOKS)) {
  test(`what a sender sees: ${name}`, async () => {
    const sender = await visitor(browser, server.origin, { ...options, refusals: [401, 403, 404, 413] });
    const { page, check } = sender;
    for (const path of ["/", "/?new=password", "/about"]) {
      await page.goto(server.origin + path);
      await check();
    }
    assert.equal((await page.goto(`${server.origin}/nothing/here`)).status(), 404);
    await check();
    assert.equal((await page.goto(`${server.origin}/private/unknown`)).status(), 404);
    await check();

    // What went wrong is said in the form, which keeps what was typed.
    await page.goto(server.origin);
    await page.locator(".account summary").click();
    await check();
    await page.locator("#secret").fill("x".repeat(10_001));
    await page.locator("form button.primary").click();
    await page.locator("[data-alert]:not(:empty)").waitFor();
    await check();
    assert.equal((await page.locator("#secret").inputValue()).length, 10_001);
    await page.locator("#account-email").fill(server.email);
    await page.locator("#account-token").fill("badc0de5");
    await page.locator("form button.primary").click();
    await page.locator("form button.primary:not(:disabled)").waitFor();
    await check();

    // With an account: a longer life, a mail.
    await page.locator("#account-token").fill(server.token);
    await page.locator("#lifetime").selectOption("2592000");
    await page.locator("#passphrase").fill("sesame");
    await page.locator("#recipient").fill("jo@example.org");
    await page.locator("form button.primary").click();
    await page.locator("h1:focus").waitFor();
    await page.locator(".qr summary").click();
    await page.locator(".facts summary").click();
    await check();
    assert.match(await page.locator(".lead").textContent(), /jo@example\.org/);
    const mail = await server.mail();
    assert.ok(mail.text.includes(await page.locator("#link").textContent()));
    const receipt = await page.locator(".private a").getAttribute("href");

    await page.goto(`${server.origin}/?new=password`);
    await page.locator("form button.primary").click();
    await page.locator("h1:focus").waitFor();
    await page.locator("[data-toggle]").click();
    await check();

    await page.goto(receipt);
    await page.locator(".again summary").click();
    await check();
    await page.locator("#passphrase").fill("wrong");
    await page.locator("button.danger").click();
    await page.locator("[data-alert]:not(:empty)").waitFor();
    await check();
    await page.locator("#passphrase").fill("sesame");
    await page.locator("button.danger").click();
    await page.locator("h1:focus").waitFor();
    await check();
    assert.equal(await page.locator(".burn").count(), 0);
    await page.reload();
    await check();

    const { metadata_key: burned } = await server.share({ secret: "x" });
    await page.goto(`${server.origin}/private/${burned}`);
    await check();
    await hold(page, page.locator("[data-hold]"));
    await check();
    const { secret_key: key, metadata_key: received } = await server.share({ secret: "x" });
    await server.reveal(key);
    await page.goto(`${server.origin}/receipt/${received}`);
    await check();
    const { metadata_key: expired } = await server.share({ secret: "x", ttl: 3600 });
    await server.pass(3600);
    await page.goto(`${server.origin}/private/${expired}`);
    await check();
    await page.locator(".timeline summary").first().click();
    await check();
    await server.pass(3600);
    assert.equal((await page.goto(`${server.origin}/private/${expired}`)).status(), 404);
    await sender.leave();
  });

  test(`what a recipient sees: ${name}`, async () => {
    const recipient = await visitor(browser, server.origin, { ...options, refusals: [404, 429, 503] });
    const { page, check } = recipient;
    const plain = await server.share({ secret: "x" });
    await page.goto(plain.secret_url);
    await check();
    await page.locator(".other-way summary").click();
    await check();
    await page.locator("[data-hold]").hover();
    await page.mouse.down();
    await page.locator(".holding").waitFor();
    await check();
    await page.locator("h1:focus").waitFor();
    await page.mouse.up();
    await check();
    await page.reload();
    await check();

    const locked = await server.share({ secret: "x", passphrase: "sesame" });
    await page.goto(locked.secret_url);
    await check();
    // Five may be wrong; the sixth is told to wait.
    const told = [];
    for (let guess = 1; guess <= 6; guess++) {
      await page.locator("#passphrase").fill(`wrong ${guess}`);
      await page.locator("form button").click();
      await page.locator("[data-alert]:not(:empty)").waitFor();
      told.push(await page.locator("[data-alert]").textContent());
    }
    assert.equal(new Set(told.slice(0, 5)).size, 1);
    assert.notEqual(told[5], told[4]);
    assert.match(told[5], /\d/);
    await check();

    const other = await server.share({ secret: "x" });
    await page.goto(other.secret_url);
    await server.fail("GetItem");
    await page.locator("[data-hold]").hover();
    await page.mouse.down();
    await page.locator("[data-alert]:not(:empty)").waitFor();
    await page.mouse.up();
    await check();
    assert.equal((await page.goto(other.secret_url)).status(), 503);
    await check();
    await server.heal();
    await page.goto(other.secret_url);
    await hold(page, page.locator("[data-hold]"));
    assert.equal(await page.locator("#text").textContent(), "x");
    await recipient.leave();
  });
}

test("the longest life of a plan is offered, and no other is chosen unasked", async () => {
  for (const [plan, options, chosen] of [
    ["10000:172800", ["3600", "14400", "86400", "172800"], "172800"],
    ["10000:600", ["600"], "600"],
    ["10000:604800", ["3600", "14400", "86400", "259200", "604800"], "604800"],
  ]) {
    const other = await startServer({ PLAN_ANONYMOUS: plan });
    const sender = await visitor(browser, other.origin);
    const { page } = sender;
    await page.goto(other.origin);
    const lifetime = page.locator("#lifetime");
    assert.deepEqual(await lifetime.locator("option:not([hidden])").evaluateAll((all) => all.map((one) => one.value)), options);
    assert.equal(await lifetime.inputValue(), chosen);
    // What an account may have goes with the account, and so do its credentials.
    await page.locator(".account summary").click();
    await lifetime.selectOption("2592000");
    await page.locator("#account-email").fill(other.email);
    await page.locator("#account-token").fill("badc0de5");
    await page.locator(".account summary").click();
    await page.locator("#account-email:disabled").waitFor({ state: "attached" });
    assert.equal(await lifetime.inputValue(), chosen);
    await page.locator("#secret").fill("x");
    await page.locator("form button.primary").click();
    await page.locator("#link").waitFor();
    await sender.leave();
    other.stop();
  }
});

test("no translator gets a secret, or changes it", async () => {
  const shared = await server.generate({});
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  const isLeftAlone = (id) => page.locator(id).evaluate((element) => !element.translate);
  await page.goto(shared.secret_url);
  assert.ok(await isLeftAlone("label[for=word]"));
  await hold(page, page.locator("[data-hold]"));
  assert.ok(await isLeftAlone("#text"));
  await page.goto(`${server.origin}/?new=password`);
  await page.locator("form button.primary").click();
  await page.locator("#value").waitFor();
  assert.ok((await isLeftAlone("#value")) && (await isLeftAlone("#link")));
  await recipient.leave();
});

test("a reader chooses a language, and keeps it", async () => {
  const reader = await visitor(browser, server.origin, { locale: "ja" });
  const { page } = reader;
  await page.goto(server.origin);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  for (const [name, tag] of Object.entries({ Polski: "pl", Deutsch: "de", Français: "fr", Español: "es", English: "en" })) {
    await page.getByRole("link", { name, exact: true }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), tag);
    await page.locator("footer a").first().click();
    assert.equal(await page.locator("html").getAttribute("lang"), tag);
    await page.locator(".brand").click();
    assert.equal(await page.locator("html").getAttribute("lang"), tag);
  }
  await page.goto(`${server.origin}/?new=password`);
  await page.getByRole("link", { name: "Polski", exact: true }).click();
  assert.equal(await page.locator("html").getAttribute("lang"), "pl");
  assert.equal(await page.locator("#length").count(), 1, "it is the same page");
  await reader.leave();
});

test("the mail is in the language of the sender's page, and can be read with colours of either kind", async () => {
  const sender = await visitor(browser, server.origin, { locale: "pl" });
  const { page } = sender;
  await page.goto(server.origin);
  await page.locator("#secret").fill("x");
  await page.locator(".account summary").click();
  await page.locator("#account-email").fill(server.email);
  await page.locator("#account-token").fill(server.token);
  await page.locator("#recipient").fill("jo@example.org");
  await page.locator("form button.primary").click();
  await page.locator("h1:focus").waitFor();
  await sender.leave();
  const mail = await server.mail();
  assert.equal(mail.subject, `${server.email} przesyła Ci sekret`);
  assert.ok(mail.text.includes("Link zadziała tylko raz i jest ważny do ") && mail.text.includes("(7 dni)"));
  assert.ok(mail.text.includes("Readonce") && mail.text.includes("\nhelp@example.com\n"));
  for (const colorScheme of ["light", "dark"]) {
    const reader = await visitor(browser, server.origin, { colorScheme });
    await reader.page.setContent(mail.html);
    // A mail is no page: landmarks and headings are its program's.
    await reader.check({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
    await reader.leave();
  }
});

test("everything a page sends is less than 40 kB, compressed", async () => {
  const { secret_key: key, metadata_key: receipt } = await server.share({ secret: "x", passphrase: "y" });
  for (const path of ["/", "/?new=password", `/secret/${key}`, `/private/${receipt}`, "/about"]) {
    const answer = await fetch(server.origin + path, { headers: { "accept-encoding": "gzip" } });
    assert.equal(answer.headers.get("content-encoding"), "gzip");
    const page = await answer.text();
    const size = gzipSync(page).length + (await (await fetch(`${server.origin}/favicon.svg`)).text()).length;
    assert.ok(size < 15_000, `${path} is ${size} bytes`);
    const policy = answer.headers.get("content-security-policy");
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[^ ]+'; script-src 'sha256-[^ ]+';/);
    assert.match(policy, /form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
  }
});
