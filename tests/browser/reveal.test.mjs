// From a text to a link, and from the link to the text, once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clipboard, fits, hold, startBrowser, startServer, visitor } from "./support.mjs";

const TEXT = "correct horse\n  battery <staple> & \"zażółć\"";
let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

async function createAndCopy(page, passphrase) {
  await page.goto(server.origin);
  await page.locator("#secret").fill(TEXT);
  if (passphrase) await page.locator("#passphrase").fill(passphrase);
  await page.locator("form button.primary").click();
  await page.locator("[data-copy=link]").click();
  await page.locator("[data-status]:not(:empty)").waitFor();
  return clipboard(page);
}

for (const [name, options] of Object.entries({
  "on a wide screen": {},
  "in Polish": { locale: "pl-PL" },
  "on a small phone": { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  "at 320 pixels": { viewport: { width: 320, height: 480 } },
  "in the dark": { colorScheme: "dark" },
})) {
  test(`create, copy, open, hold, read, and reload finds it gone: ${name}`, async () => {
    const sender = await visitor(browser, server.origin, options);
    const link = await createAndCopy(sender.page);
    await fits(sender.page);
    assert.match(link, /\/secret\/[0-9a-z]{31}$/);
    assert.equal(sender.page.url(), `${server.origin}/`, "no key gets into the history");
    await sender.leave();

    const recipient = await visitor(browser, server.origin, options);
    const { page } = recipient;
    await page.goto(link);
    await fits(page);
    await hold(page, page.locator("[data-hold]"));
    assert.equal(await page.locator("#text").textContent(), TEXT);
    await fits(page);
    await page.locator("[data-copy=text]").click();
    await page.locator("[data-status]:not(:empty)").waitFor();
    assert.equal(await clipboard(page), TEXT);
    await page.reload();
    assert.equal(await page.locator("#text, [data-hold]").count(), 0);
    const gone = options.locale === "pl-PL" ? "Niczego już tu nie ma" : "There is nothing here any more";
    assert.equal(await page.locator("h1").textContent(), gone);
    await recipient.leave();
  });
}

test("a finger holds the button, too", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const recipient = await visitor(browser, server.origin, phone);
  const { page } = recipient;
  await page.goto(link);
  const box = await page.locator("[data-hold]").boundingBox();
  const cdp = await recipient.context.newCDPSession(page);
  const touchPoints = [{ x: box.x + 20, y: box.y + 20 }];
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await page.locator("#text").waitFor();
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await recipient.leave();
});

test("a finger that moves off the button, to scroll perhaps, has let it go", async () => {
  const { secret_url: link, secret_key: key } = await server.share({ secret: TEXT });
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const recipient = await visitor(browser, server.origin, phone);
  const { page } = recipient;
  await page.goto(link);
  const box = await page.locator("[data-hold]").boundingBox();
  const cdp = await recipient.context.newCDPSession(page);
  const at = (y) => [{ x: box.x + 20, y }];
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(box.y + 20) });
  await page.locator(".holding").waitFor();
  await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(box.y + 170) });
  await page.locator("[data-hold]:not(.holding)").waitFor();
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  assert.equal(await server.reveal(key), TEXT);
  await recipient.leave();
});

test("typing the word twice does not lose what the first time has brought", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  let answer, calls = 0;
  const answered = new Promise((done) => { answer = done; });
  await page.route("**/api/v1/secret/**", async (route) => {
    calls += 1;
    await answered;
    await route.continue();
  });
  await page.goto(link);
  await page.locator(".other-way summary").click();
  await page.locator("#word").pressSequentially("show");
  await page.locator("#word").pressSequentially("show");
  answer();
  await page.locator("#text").waitFor();
  assert.equal(await page.locator("#text").textContent(), TEXT);
  assert.equal(calls, 1);
  await recipient.leave();
});

test("an answer that is lost is not called harmless", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  const carryOutAndLose = async (route) => {
    await route.fetch();
    await route.abort();
  };
  const carryOutAndFail = async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, json: { message: "Endpoint request timed out" } });
  };
  const alert = page.locator("[data-alert]:not(:empty)");
  await page.route("**/api/v1/secret/**", carryOutAndLose);
  await page.goto(link);
  await holdUntil(page, alert);
  assert.match(await alert.textContent(), /may have been used up/);
  await page.goto(server.origin);
  for (const [fails, said] of [
    [carryOutAndLose, /if a link was created all the same/],
    [carryOutAndFail, /if a link was created all the same/],
    [(route) => route.fulfill({ status: 413, json: { message: "Request Too Long" } }), /Nothing has happened/],
    [(route) => route.fulfill({ status: 429, json: { message: "Too Many Requests" } }), /Nothing has happened/],
  ]) {
    await page.route("**/api/v1/share**", fails);
    await page.locator("#secret").fill(TEXT);
    await page.locator("form button.primary").click();
    await page.locator("form button.primary:not(:disabled)").waitFor();
    assert.match(await alert.textContent(), said);
    assert.equal(await page.locator("#secret").inputValue(), TEXT);
    await page.unroute("**/api/v1/share**");
  }
  await recipient.context.close();
});

test("an old browser shows the secret, too", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  await recipient.context.addInitScript(() => { delete Element.prototype.replaceChildren; });
  await page.goto(link);
  await hold(page, page.locator("[data-hold]"));
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await recipient.leave();
});

for (const key of ["Space", "Enter"]) {
  test(`by keyboard alone: ${key}`, async () => {
    const sender = await visitor(browser, server.origin);
    await sender.page.goto(server.origin);
    await tabTo(sender.page, "#secret");
    await sender.page.keyboard.type("by keyboard");
    await tabTo(sender.page, "form button.primary");
    await sender.page.keyboard.press(key);
    await sender.page.locator("h1:focus").waitFor();
    await tabTo(sender.page, "[data-copy=link]");
    await sender.page.keyboard.press(key);
    await sender.page.locator("[data-status]:not(:empty)").waitFor();
    const link = await clipboard(sender.page);
    await sender.leave();

    const recipient = await visitor(browser, server.origin);
    const { page } = recipient;
    await page.goto(link);
    await tabTo(page, "[data-hold]");
    // A short press does nothing.
    await page.keyboard.press(key);
    assert.equal(await page.locator("#text").count(), 0);
    await page.keyboard.down(key);
    await page.locator("#text").waitFor();
    await page.keyboard.up(key);
    assert.equal(await page.locator("#text").textContent(), "by keyboard");
    await recipient.leave();
  });
}

test("who cannot hold a button types a word", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const recipient = await visitor(browser, server.origin, { locale: "pl" });
  const { page } = recipient;
  await page.goto(link);
  await page.locator(".other-way summary").click();
  await page.locator("#word").pressSequentially("pokaż");
  await page.locator("#text").waitFor();
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await recipient.leave();
});

test("a passphrase: a wrong one, then the right one", async () => {
  const sender = await visitor(browser, server.origin);
  const link = await createAndCopy(sender.page, "open sesame");
  await sender.leave();
  const recipient = await visitor(browser, server.origin, { refusals: [404] });
  const { page } = recipient;
  await page.goto(link);
  assert.equal(await page.locator("[data-hold]").count(), 0);
  // The field takes what the service takes, which counts characters.
  const long = "🗝".repeat(128);
  await page.locator("#passphrase").fill(long);
  assert.equal(await page.locator("#passphrase").inputValue(), long);
  await page.locator("#passphrase").fill("Open sesame");
  await page.locator("form button").click();
  await page.locator("[data-alert]:not(:empty)").waitFor();
  assert.match(await page.locator("[data-alert]").textContent(), /does not open/);
  assert.equal(await page.locator("#passphrase:focus").count(), 1);
  await page.keyboard.type("open sesame");
  await page.keyboard.press("Enter");
  await page.locator("#text").waitFor();
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await page.reload();
  assert.equal(await page.locator("h1").textContent(), "There is nothing here any more");
  await recipient.leave();
});

test("what was shown is gone once the page is left, and back does not bring it", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  await page.goto(`${server.origin}/about`);
  await page.goto(link);
  await hold(page, page.locator("[data-hold]"));
  assert.equal(await page.locator("#text").textContent(), TEXT);
  await page.goto(`${server.origin}/about`);
  await page.goBack();
  assert.equal(await page.locator("#text").count(), 0);
  assert.equal(await page.locator("h1").textContent(), "There is nothing here any more");
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    document.referrer,
    (await caches.keys()).length,
    JSON.stringify(history.state),
  ]);
  assert.deepEqual(kept, [0, 0, "", "", 0, "null"]);
  await recipient.leave();
});

test("hide and show", async () => {
  const { secret_url: link } = await server.share({ secret: TEXT });
  const recipient = await visitor(browser, server.origin);
  const { page } = recipient;
  await page.goto(link);
  await hold(page, page.locator("[data-hold]"));
  const colour = () => page.locator("#text").evaluate((element) => getComputedStyle(element).color);
  await page.getByRole("button", { name: "Hide" }).click();
  assert.equal(await colour(), "rgba(0, 0, 0, 0)");
  await recipient.check();
  await page.getByRole("button", { name: "Show" }).click();
  assert.notEqual(await colour(), "rgba(0, 0, 0, 0)");
  await recipient.leave();
});

/** Holds the button until something is there. */
async function holdUntil(page, there) {
  await page.locator("[data-hold]").hover();
  await page.mouse.down();
  await there.waitFor();
  await page.mouse.up();
}

/** Presses Tab until the focus is there. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await page.locator(`${selector}:focus`).count()) return;
  }
  assert.fail(`Tab does not lead to ${selector}`);
}
