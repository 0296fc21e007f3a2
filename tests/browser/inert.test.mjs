// Texts of strangers stay texts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fits, hold, startBrowser, startServer, visitor } from "./support.mjs";

const MARKUP = "</pre></title></script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
const TEXTS = {
  script: "<script>document.title = 'owned'</script>",
  markup: `${MARKUP}<h1>hello</h1><a href="https://evil.example">click</a> &amp; &#60;`,
  template: "{{ 7 * 7 }} {% raw %} ${7*7} %s",
  "right to left": "abc \u202edlrow olleh\u2066 xyz\u2028next",
  "10,000 characters without a break": "W".repeat(10_000),
  "blank lines at both ends": "\n\n  middle\n\n",
  "carriage returns": "a\r\nb\rc",
  emoji: "👩‍👩‍👧‍👦 zażółć \u0001",
};

let server, browser;
before(async () => {
  const settings = { BRAND_NAME: "<b>Złota & \"Rączka\"</b></title>", ACCENT_COLOUR: "#ffee00" };
  [server, browser] = await Promise.all([startServer(settings), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

for (const [name, secret] of Object.entries(TEXTS)) {
  for (const javaScriptEnabled of [true, false]) {
    test(`a secret of ${name}, ${javaScriptEnabled ? "with" : "without"} script`, async () => {
      const { secret_url: link } = await server.share({ secret });
      const viewport = { width: 360, height: 640 };
      const recipient = await visitor(browser, server.origin, { javaScriptEnabled, viewport });
      const { page } = recipient;
      await page.goto(link);
      if (javaScriptEnabled) {
        await hold(page, page.locator("[data-hold]"));
      } else {
        await page.locator("#deliberate").check();
        await page.locator("form button").click();
      }
      assert.equal(await page.locator("#text").textContent(), secret);
      assert.equal(await page.locator("#text *").count(), 0);
      assert.ok((await page.title()).startsWith("Here is your secret"));
      assert.equal(await page.locator("h1, main script, main img").count(), 1);
      await fits(page);
      await recipient.check();
      await recipient.leave();
    });
  }
}

test("a brand of markup is a name, and a yellow accent can be read", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const reader = await visitor(browser, server.origin, { colorScheme });
    const { page } = reader;
    await page.goto(server.origin);
    assert.equal(await page.locator(".brand").textContent(), "<b>Złota & \"Rączka\"</b></title>");
    assert.equal(await page.title(), "Share a secret · <b>Złota & \"Rączka\"</b></title>");
    await reader.check();
    await page.goto(`${server.origin}/about`);
    await reader.check();
    await reader.leave();
  }
});

test("addresses and domains of strangers come back as text", async () => {
  const sender = await visitor(browser, server.origin, { refusals: [400, 403] });
  const { page } = sender;
  const evil = "\u202e<img/src=x/onerror=alert(1)>@evil";
  await page.goto(server.origin);
  await page.locator("#secret").fill("x");
  await page.locator(".account summary").click();
  await page.locator("#account-email").fill(server.email);
  await page.locator("#account-token").fill(server.token);
  await page.locator("form").evaluate((form) => { form.noValidate = true; });
  await page.locator("#recipient").evaluate((field) => { field.type = "text"; });
  await page.locator("#recipient").fill(evil);
  await page.locator("form button.primary").click();
  await page.locator("[data-alert]:not(:empty)").waitFor();
  assert.equal(await page.locator("[data-alert]").textContent(), "<img/src=x/onerror=alert(1)>@evil is not an e-mail address.");
  assert.equal(await page.locator("main img").count(), 0);
  await sender.check();
  await page.locator("#recipient").fill("");
  await page.locator("form").evaluate((form) => {
    form.insertAdjacentHTML("beforeend", "<input type=hidden name=share_domain value='not-mine.example.com'>");
  });
  await page.locator("form button.primary").click();
  await page.getByText("not-mine.example.com").waitFor();
  await sender.check();
  await sender.leave();
});

test("nothing in an address gets into a page", async () => {
  for (const path of [
    "/?lang=%3Cscript%3E",
    "/?new=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/secret/%22%3E%3Cscript%3Ealert(1)",
    "/private/%22%3E%3Cscript%3Ealert(1)",
    "/%22%3E%3Cscript%3Ealert(1)",
  ]) {
    const answer = await fetch(server.origin + path, { headers: { accept: "text/html" } });
    const page = await answer.text();
    assert.ok(!page.includes("alert(1)") && !page.includes("%3Cscript"), path);
    assert.equal(page.match(/<script>/g)?.length, 1, path);
  }
});
