// What a sender is told on the way to a link, and what to hand it over with.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clipboard, startBrowser, startServer, visitor } from "./support.mjs";

const WORDS = {
  en: {
    mailed: "It is on its way to ann.bell@example.com. There is nothing more for you to do.",
    lead: "Here is a secret for you:",
    passphrase: "To open it you need a passphrase, which you get separately.",
    gone: "If the secret is already gone, tell me",
    days: "(7 days)",
  },
  de: {
    mailed: "Er ist unterwegs an ann.bell@example.com. Sie brauchen nichts weiter zu tun.",
    lead: "Hier ist ein Geheimnis:",
    passphrase: "Zum Öffnen brauchen Sie ein Kennwort, das Sie gesondert erhalten.",
    gone: "Falls das Geheimnis schon weg ist, sagen Sie mir bitte Bescheid",
    days: "(7 Tage)",
  },
  fr: {
    mailed: "Il est en route vers ann.bell@example.com. Vous n’avez rien d’autre à faire.",
    lead: "Voici un secret pour vous\u00a0:",
    passphrase: "Il faut une phrase de passe pour l’ouvrir",
    gone: "Si le secret n’est déjà plus là, dites-le-moi",
    days: "(7 jours)",
  },
  es: {
    mailed: "Va de camino a ann.bell@example.com. No tienes que hacer nada más.",
    lead: "Aquí tienes un secreto:",
    passphrase: "Para abrirlo necesitas una frase de acceso, que recibirás por separado.",
    gone: "Si el secreto ya no está, dímelo",
    days: "(7 días)",
  },
  pl: {
    mailed: "Jest już w drodze do ann.bell@example.com. Nie musisz robić nic więcej.",
    lead: "Przesyłam Ci sekret:",
    passphrase: "Do otwarcia potrzebne jest hasło do linku, które otrzymasz osobno.",
    gone: "Jeśli sekretu już nie ma, daj mi znać",
    days: "(7 dni)",
  },
};
let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ MINIMUM_PASSPHRASE_LENGTH: "4" }), startBrowser()]);
});
after(async () => {
  await browser.close();
  server.stop();
});

for (const [locale, words] of Object.entries(WORDS)) {
  test(`a message is ready to paste: ${locale}`, async () => {
    const sender = await visitor(browser, server.origin, { locale });
    const { page } = sender;
    for (const passphrase of ["", "sesame"]) {
      await page.goto(server.origin);
      await page.locator("#secret").fill("x");
      await page.locator("#passphrase").fill(passphrase);
      await page.locator("form button.primary").click();
      await page.locator("h1:focus").waitFor();
      await page.locator("[data-copy=message]").click();
      await page.locator("[data-status]:not(:empty)").waitFor();
      const message = await clipboard(page);
      const link = await page.locator("#link").textContent();
      assert.ok(message.startsWith(`${words.lead}\n${link}\n\n`), message);
      assert.ok(message.includes(words.gone) && message.includes(words.days), message);
      assert.match(message, / \d\d:\d\d .*UTC/);
      assert.equal(message.includes(words.passphrase), passphrase !== "");
      assert.equal(await page.locator("[data-only-copy]").count(), 0, "the link is in it");
      await page.locator("summary", { has: page.locator("xpath=../*[@id='message']") }).click();
      assert.equal(await page.locator("#message").innerText(), message);
      await sender.check();
    }
    await sender.leave();
  });

  test(`a mailed link is said to be on its way, to the whole address: ${locale}`, async () => {
    const sender = await visitor(browser, server.origin, { locale });
    const { page } = sender;
    await page.goto(server.origin);
    await page.locator("#secret").fill("x");
    await page.locator(".account summary").click();
    await page.locator("#account-email").fill(server.email);
    await page.locator("#account-token").fill(server.token);
    await page.locator("#recipient").fill("ann.bell@example.com");
    await page.locator("form button.primary").click();
    await page.locator("h1:focus").waitFor();
    assert.equal(await page.locator(".lead").textContent(), words.mailed);
    assert.equal(await page.locator("#link").isVisible(), false);
    assert.equal(await page.locator("[data-only-copy], #message").count(), 0);
    await sender.check();
    await page.locator(".again summary").click();
    assert.ok((await server.mail()).text.includes(await page.locator("#link").textContent()));
    await page.goto(await page.locator(".private a").getAttribute("href"));
    const receipt = await page.locator("main").textContent();
    assert.ok(receipt.includes("an*****@e*****.com") && !receipt.includes("ann.bell"), "the receipt tells less");
    await sender.leave();
  });
}

test("a message that cannot be copied is shown and selected", async () => {
  const sender = await visitor(browser, server.origin);
  const { page } = sender;
  await sender.context.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("no")); });
  await page.goto(server.origin);
  await page.locator("#secret").fill("x");
  await page.locator("form button.primary").click();
  await page.locator("[data-copy=message]").click();
  await page.locator("[data-status]:not(:empty)").waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), await page.locator("#message").innerText());
  await sender.leave();
});

test("a blank at an end of a passphrase is pointed out, and a short one is not sent", async () => {
  const sender = await visitor(browser, server.origin);
  const { page } = sender;
  await page.goto(server.origin);
  await page.locator("#secret").fill("x");
  const note = page.locator("#passphrase-edges");
  for (const [passphrase, warned] of [["sesame", false], [" sesame", true], ["open sesame", false], ["sesame ", true]]) {
    await page.locator("#passphrase").fill(passphrase);
    assert.equal(await note.isVisible(), warned, passphrase);
    await sender.check();
  }
  assert.match(await page.locator("#passphrase-hint").textContent(), /^At least 4 characters\. /);
  await page.locator("#passphrase").fill("");
  await page.locator("#passphrase").pressSequentially("abc");
  await page.locator("form button.primary").click();
  assert.equal(await page.locator("#passphrase:invalid:focus").count(), 1);
  await page.locator("#passphrase").pressSequentially("d");
  await page.locator("form button.primary").click();
  await page.locator("#link").waitFor();
  await sender.leave();
});

test("wrong credentials are called that and nothing else where none are needed", async () => {
  const closed = await startServer({ PLAN_ANONYMOUS: "none" });
  for (const [one, said] of [
    [server, "The e-mail address or the token is wrong."],
    [closed, "The e-mail address or the token is wrong, or you need an account to create a link here."],
  ]) {
    const sender = await visitor(browser, one.origin, { refusals: [401] });
    const { page } = sender;
    await page.goto(one.origin);
    await page.locator("#secret").fill("x");
    if (one === server) await page.locator(".account summary").click();
    await page.locator("#account-email").fill(one.email);
    await page.locator("form button.primary").click();
    await page.locator("[data-alert]:not(:empty)").waitFor();
    assert.equal(await page.locator("[data-alert]").textContent(), said);
    await sender.leave();
  }
  closed.stop();
});

test("a receipt that may still change says how to see it", async () => {
  const { metadata_key: receipt, secret_key: key } = await server.share({ secret: "x" });
  const sender = await visitor(browser, server.origin);
  const { page } = sender;
  await page.goto(`${server.origin}/private/${receipt}`);
  const reload = page.getByText("Reload this page for news.");
  assert.equal(await reload.isVisible(), true);
  await server.reveal(key);
  await page.reload();
  assert.equal(await page.locator("h1").textContent(), "The secret was opened");
  assert.equal(await reload.count(), 0);
  await sender.leave();
});
