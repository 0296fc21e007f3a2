// What a person at the button is told, and how what it brings is laid out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hold, startBrowser, startServer, visitor } from "./support.mjs";

const TOO_SHORT = {
  en: "Not yet: keep pressing for a whole second.",
  de: "Noch nicht: Halten Sie eine ganze Sekunde lang gedrückt.",
  fr: "Pas encore\u00a0: gardez le bouton appuyé pendant une seconde entière.",
  es: "Todavía no: mantén pulsado un segundo entero.",
  pl: "Jeszcze nie: przytrzymaj przez całą sekundę.",
};
const OFFLINE = "You are offline, and nothing was sent. Try again when you are back online.";
let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

for (const [locale, words] of Object.entries(TOO_SHORT)) {
  test(`a press that is too short is told so, and uses nothing up: ${locale}`, async () => {
    const { secret_url: link, secret_key: key, metadata_key: receipt } = await server.share({ secret: "x" });
    const recipient = await visitor(browser, server.origin, { locale });
    const { page } = recipient;
    const alert = page.locator("[data-alert]");
    for (const path of [link, `${server.origin}/private/${receipt}`]) {
      await page.goto(path);
      assert.equal(await alert.isVisible(), false);
      await page.locator("[data-hold]").click();
      assert.equal(await alert.textContent(), words);
      await recipient.check();
      // A new press takes it back, and a key that is let go brings it again.
      await page.locator("[data-hold]").focus();
      await page.keyboard.down("Space");
      assert.equal(await alert.isVisible(), false);
      await page.keyboard.up("Space");
      assert.equal(await alert.textContent(), words);
    }
    assert.equal(await server.reveal(key), "x");
    await recipient.leave();
  });
}

test("offline nothing is sent, and back online the button works", async () => {
  const { secret_url: link } = await server.share({ secret: "x" });
  const recipient = await visitor(browser, server.origin, { goesOffline: true });
  const { context, page } = recipient;
  const sent = [];
  context.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  const alert = page.locator("[data-alert]:not(:empty)");
  await page.goto(link);
  await context.setOffline(true);
  await page.locator("[data-hold]").hover();
  await page.mouse.down();
  await alert.waitFor();
  await page.mouse.up();
  assert.equal(await alert.textContent(), OFFLINE);
  assert.deepEqual(sent, []);
  await context.setOffline(false);
  await hold(page, page.locator("[data-hold]"));
  assert.equal(await page.locator("#text").textContent(), "x");
  sent.length = 0;
  await page.goto(server.origin);
  await page.locator("#secret").fill("kept");
  await context.setOffline(true);
  await page.locator("form button.primary").click();
  assert.equal(await alert.textContent(), OFFLINE);
  assert.equal(await page.locator("#secret").inputValue(), "kept");
  assert.deepEqual(sent, []);
  await context.setOffline(false);
  await page.locator("form button.primary").click();
  await page.locator("#link").waitFor();
  await recipient.leave();
});

test("each line of a secret has its own direction", async () => {
  const { secret_url: link } = await server.share({ secret: "שלום\nline three\ttab" });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  await page.goto(link);
  await hold(page, page.locator("[data-hold]"));
  const [box, hebrew, latin, tab] = await page.locator("#text").evaluate((element) => {
    const text = element.firstChild;
    const of = (from, to) => {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      return range.getBoundingClientRect().toJSON();
    };
    return [element.getBoundingClientRect().toJSON(), of(0, 4), of(5, 15), of(16, 19)];
  });
  assert.ok(box.right - hebrew.right < 40, "the first line begins at the right");
  assert.ok(latin.left - box.left < 40 && tab.left > latin.right, "the second at the left, in the order it was typed");
  await recipient.leave();
});

test("an alert and a button keep their distance from what is above them, without script too", async () => {
  const { secret_url: link } = await server.share({ secret: "x", passphrase: "y" });
  for (const javaScriptEnabled of [true, false]) {
    const person = await visitor(browser, server.origin, { javaScriptEnabled, refusals: [404] });
    const { page } = person;
    const gap = (upper, lower) => Promise.all([page.locator(upper), page.locator(lower)].map((one) => one.boundingBox())).then(([a, b]) => b.y - a.y - a.height);
    await page.goto(server.origin);
    assert.ok((await gap("#passphrase-hint", "form > button")) >= 16);
    await page.goto(link);
    assert.ok((await gap("#passphrase-hint", "form > button")) >= 16);
    await page.locator("#passphrase").fill("z");
    await page.locator("form > button").click();
    await page.locator("[role=alert]:not(:empty)").waitFor();
    assert.ok((await gap("#passphrase-hint", "[role=alert]")) >= 16);
    assert.ok((await gap("[role=alert]", "form > button")) >= 16);
    await person.leave();
  }
});
