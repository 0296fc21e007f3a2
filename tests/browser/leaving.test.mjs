// Nothing that is nowhere else is lost by one tap: the browser asks first.
import assert from "node:assert/strict";
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

/** Tries to leave, and stays if the browser asks. Did it ask? */
async function asksBefore(page, leave) {
  let answer;
  const answered = new Promise((done) => { answer = done; });
  page.on("dialog", answer);
  page.on("load", answer);
  // A click is done only when the question is answered.
  const left = leave();
  const dialog = await answered;
  page.off("dialog", answer);
  page.off("load", answer);
  if (dialog !== page) {
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
  }
  await left;
  return dialog !== page;
}

const reload = (page) => page.evaluate(() => { setTimeout(() => location.reload()); });
const follow = (page, name) => page.getByRole("link", { name, exact: true }).click({ noWaitAfter: true });

/** No link of the page leads away from it in the same window. */
async function staysOnEveryLink(page) {
  const leading = await page.locator("a:not(.skip):not([target=_blank])").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML));
  assert.deepEqual(leading, []);
  assert.ok((await page.locator("a[target=_blank]").count()) >= 3);
  assert.equal(await page.locator("a[target=_blank]:not([rel=noopener])").count(), 0);
}

for (const locale of ["en", "de", "fr", "es", "pl"]) {
  test(`a secret is asked about until it is copied: ${locale}`, async () => {
    const { secret_url: link } = await server.share({ secret: "once" });
    const recipient = await visitor(browser, server.origin, { locale });
    const { page } = recipient;
    await page.goto(link);
    assert.equal(await asksBefore(page, () => reload(page)), false, "there is nothing to lose yet");
    await hold(page, page.locator("[data-hold]"));
    await staysOnEveryLink(page);
    assert.equal(await page.locator("header a, footer nav").count(), 0);
    assert.equal(await page.locator("header").innerText(), "Readonce");
    assert.equal(await asksBefore(page, () => reload(page)), true);
    assert.equal(await page.locator("#text").textContent(), "once");
    await recipient.check();
    await page.locator("[data-copy=text]").click();
    await page.locator("[data-status]:not(:empty)").waitFor();
    assert.equal(await asksBefore(page, () => reload(page)), false);
    await recipient.leave();
  });
}

test("a secret copied by hand is kept, too", async () => {
  const { secret_url: link } = await server.share({ secret: "once" });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  await page.goto(link);
  await hold(page, page.locator("[data-hold]"));
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("h1")));
  await page.keyboard.press("Control+C");
  assert.equal(await asksBefore(page, () => reload(page)), true, "the title is not the secret");
  await page.locator("#text").dblclick();
  await page.keyboard.press("Control+C");
  assert.equal(await asksBefore(page, () => reload(page)), false);
  await recipient.leave();
});

test("a new link is asked about until it is copied, and its receipt opens in a tab of its own", async () => {
  const sender = await visitor(browser, server.origin);
  const { page } = sender;
  await page.goto(server.origin);
  await page.locator("#secret").pressSequentially("x");
  await page.locator("form button.primary").click();
  await page.locator("h1:focus").waitFor();
  const link = await page.locator("#link").textContent();
  assert.equal(await asksBefore(page, () => follow(page, "Share another secret")), true);
  assert.equal(await page.locator("#link").textContent(), link);
  const [receipt] = await Promise.all([sender.context.waitForEvent("page"), page.locator(".private a").click()]);
  await receipt.waitForLoadState();
  assert.equal(await receipt.locator("h1").textContent(), "Not opened yet");
  assert.equal(await page.locator("#link").textContent(), link);
  await page.locator("[data-copy=link]").click();
  await page.locator("[data-status]:not(:empty)").waitFor();
  assert.equal(await asksBefore(page, () => follow(page, "Share another secret")), false);
  assert.equal(await page.locator("#secret").count(), 1);
  await sender.leave();
});

test("a text that was typed and not sent is asked about, at the other tab and in another language", async () => {
  const sender = await visitor(browser, server.origin);
  const { page } = sender;
  await page.goto(server.origin);
  await page.locator("#secret").pressSequentially("long and dear");
  for (const name of ["A new password", "Polski", "How secrets are kept safe", "Readonce"]) {
    assert.equal(await asksBefore(page, () => follow(page, name)), true, name);
    assert.equal(await page.locator("#secret").inputValue(), "long and dear");
  }
  await page.locator("#secret").fill("");
  assert.equal(await asksBefore(page, () => follow(page, "Polski")), false);
  assert.equal(await page.locator("html").getAttribute("lang"), "pl");
  await sender.leave();
});

test("without script no link leads away from a secret or a new link", async () => {
  const sender = await visitor(browser, server.origin, { javaScriptEnabled: false });
  const { page } = sender;
  await page.goto(server.origin);
  await page.locator("#secret").fill("x");
  await page.locator("form button.primary").click();
  const link = await page.locator("#link").textContent();
  await staysOnEveryLink(page);
  await page.goto(link);
  await page.locator("#deliberate").check();
  await page.locator("form button").click();
  assert.equal(await page.locator("#text").textContent(), "x");
  await staysOnEveryLink(page);
  await sender.leave();
});
