// A link as people paste it: with punctuation around it, or not all of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hold, startBrowser, startServer, visitor } from "./support.mjs";

const ALARMS = [/somebody else/i, /jemand ander/i, /ktoś inny/i, /quelqu’un d’autre/i, /otra persona/i];
const INCOMPLETE = {
  en: ["This link is not complete", "Nothing has happened to the secret."],
  de: ["Dieser Link ist unvollständig", "Mit dem Geheimnis ist nichts geschehen."],
  fr: ["Ce lien est incomplet", "Il n’est rien arrivé au secret."],
  es: ["Este enlace está incompleto", "Al secreto no le ha pasado nada."],
  pl: ["Ten link jest niepełny", "Z sekretem nic się nie stało."],
};
let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

for (const behind of [".", ">", ",", ")", "\"", "'", "”", "…", "%20", ">.", ", thanks"]) {
  test(`a link with ${behind} behind it opens its secret`, async () => {
    const { secret_url: link } = await server.share({ secret: "x" });
    const recipient = await visitor(browser, server.origin);
    const { page } = recipient;
    await page.goto(link + behind);
    await hold(page, page.locator("[data-hold]"));
    assert.equal(await page.locator("#text").textContent(), "x");
    await recipient.leave();
  });
}

test("without script it does, too, and with a passphrase", async () => {
  const { secret_url: link } = await server.share({ secret: "x", passphrase: "sesame" });
  const recipient = await visitor(browser, server.origin, { javaScriptEnabled: false });
  const { page } = recipient;
  await page.goto(`${link}>`);
  await page.locator("#passphrase").fill("sesame");
  await page.locator("form button").click();
  assert.equal(await page.locator("#text").textContent(), "x");
  await recipient.leave();
});

test("a receipt's link is read in the same way", async () => {
  const { metadata_key: key } = await server.share({ secret: "x" });
  const sender = await visitor(browser, server.origin, { refusals: [404] });
  const { page } = sender;
  await page.goto(`${server.origin}/private/${key}).`);
  assert.equal(await page.locator("h1").textContent(), "Not opened yet");
  await hold(page, page.locator("[data-hold]"));
  assert.equal(await page.locator("h1").textContent(), "The secret was destroyed");
  assert.equal((await page.goto(`${server.origin}/private/${key.slice(0, 20)}`)).status(), 404);
  assert.equal(await page.locator("h1").textContent(), INCOMPLETE.en[0]);
  await sender.leave();
});

for (const [locale, [title, lead]] of Object.entries(INCOMPLETE)) {
  test(`a part of a link is called that, alarms nobody and uses nothing up: ${locale}`, async () => {
    const { secret_url: link, secret_key: key } = await server.share({ secret: "x" });
    const recipient = await visitor(browser, server.origin, { locale });
    const { page } = recipient;
    await server.calls();
    for (const part of [link.slice(0, -1), `${link.slice(0, -5)}.`, `${link}a`, link.replace(key, "%22")]) {
      assert.equal((await page.goto(part)).status(), 200);
      assert.equal(await page.locator("h1").textContent(), title);
      const text = await page.locator("main").textContent();
      assert.ok(text.includes(lead) && !ALARMS.some((alarm) => alarm.test(text)), text);
      assert.equal(await page.locator("form, [data-hold]").count(), 0);
      await recipient.check();
    }
    assert.deepEqual(await server.calls(), [], "nothing is asked of the table");
    assert.equal(await server.reveal(key), "x");
    await recipient.leave();
  });
}
