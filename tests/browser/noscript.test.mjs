// Everything with JavaScript off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer, visitor } from "./support.mjs";

const TEXT = "first line\n<b>second</b> line";
let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});
const arrive = (options = {}) => visitor(browser, server.origin, { javaScriptEnabled: false, ...options });

test("create, open, choose, read, and it is gone", async () => {
  const sender = await arrive();
  await sender.page.goto(server.origin);
  assert.equal(await sender.page.locator(".account").isVisible(), false);
  await sender.page.locator("#secret").fill(TEXT);
  await sender.page.locator("form button.primary").click();
  const link = await sender.page.locator("#link").textContent();
  assert.ok(!sender.page.url().includes(link.split("/").at(-1)), "no key gets into the history");
  assert.equal(await sender.page.locator("[data-copy]:visible").count(), 0, "no button that does nothing");
  const receipt = await sender.page.locator(".private a").getAttribute("href");
  await sender.check();
  await sender.leave();

  const recipient = await arrive();
  const { page } = recipient;
  await page.goto(link);
  assert.equal(await page.locator("[data-hold]").isVisible(), false);
  await recipient.check();
  await page.locator("#deliberate").check();
  await page.locator("form button").click();
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await page.goto(link);
  assert.equal(await page.locator("h1").textContent(), "There is nothing here any more");
  await page.goto(receipt);
  assert.equal(await page.locator("h1").textContent(), "The secret was opened");
  await recipient.leave();
});

test("a password is made, shown to its maker, and read once", async () => {
  const sender = await arrive();
  const { page } = sender;
  await page.goto(`${server.origin}/?new=password`);
  await page.locator("#length").fill("40");
  await page.locator("#characters").selectOption({ label: "Digits only" });
  await page.locator("form button.primary").click();
  const value = await page.locator("#value").textContent();
  assert.match(value, /^[0-9]{40}$/);
  const key = (await page.locator("#link").textContent()).split("/").at(-1);
  assert.equal(await server.reveal(key), value);
  await sender.leave();
});

test("a passphrase: a wrong one, then the right one", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT, passphrase: "open sesame" });
  const recipient = await arrive({ refusals: [404] });
  const { page } = recipient;
  await page.goto(link);
  await page.locator("#passphrase").fill("sesame");
  await page.locator("form button").click();
  assert.match(await page.locator("[role=alert]").textContent(), /does not open/);
  await page.locator("#passphrase").fill("open sesame");
  await page.locator("form button").click();
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await recipient.leave();
});

test("burning asks for the choice, and then burns", async () => {
  const shared = await server.share({ secret: TEXT });
  const sender = await arrive({ refusals: [400], locale: "de" });
  const { page } = sender;
  await page.goto(`${server.origin}/private/${shared.metadata_key}`);
  // Without the browser's own check, as a program would.
  await page.locator("#deliberate").evaluate((choice) => choice.removeAttribute("required"));
  await page.locator("form button.danger").click();
  assert.match(await page.locator("form [role=alert]").textContent(), /wählen Sie zuerst/);
  await sender.check();
  await page.locator("#deliberate").check();
  await page.locator("form button.danger").click();
  assert.equal(await page.locator("h1").textContent(), "Das Geheimnis wurde vernichtet");
  assert.equal(await server.reveal(shared.secret_key), null);
  await sender.leave();
});

test("what goes wrong is said on a page", async () => {
  const sender = await arrive({ refusals: [413, 503] });
  const { page } = sender;
  await page.goto(server.origin);
  await page.locator("#secret").fill("x".repeat(10_001));
  await page.locator("form button.primary").click();
  assert.match(await page.locator("main").textContent(), /larger than 10,000 bytes/);
  await page.goto(server.origin);
  await server.fail("PutItem");
  await page.locator("#secret").fill("x");
  await page.locator("form button.primary").click();
  assert.match(await page.locator("main").textContent(), /not available at the moment/);
  await server.heal();
  await sender.leave();
});
