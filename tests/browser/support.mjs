// A server, a browser, and people in front of it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));

/** The service, with settings like { BRAND_NAME: "Vault" }. */
export async function startServer(settings = {}) {
  const arguments_ = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const child = spawn(`${target}/debug/readonce-browser-server`, arguments_, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const { origin, email, token } = JSON.parse(await next());
  const command = async (line) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  return {
    origin,
    email,
    token,
    pass: (seconds) => command(`pass ${seconds}`),
    fail: (operation) => command(`fail ${operation}`),
    heal: () => command("heal"),
    calls: async () => JSON.parse(await command("calls")),
    mail: async () => JSON.parse(await command("mail")),
    stop: () => child.kill(),
    /** What the API answers to a share. */
    share: (form) => post(`${origin}/api/v1/share`, form).then((answer) => answer.json()),
    generate: (form) => post(`${origin}/api/v1/generate`, form).then((answer) => answer.json()),
    /** The text that a key reveals, or null. */
    reveal: async (key, form = {}) => {
      const answer = await post(`${origin}/api/v1/secret/${key}`, form);
      return answer.status === 200 ? (await answer.json()).value : null;
    },
  };
}

function post(address, form) {
  return fetch(address, { method: "POST", body: new URLSearchParams(form) });
}

/** Debian's chromium, without anything that would call home. */
export function startBrowser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Somebody at a fresh browser. What the console says, and whom the browser asks,
 * is taken down; `leave` fails on anything that should not be. `refusals` are
 * the statuses that this visit is expected to meet: the console reports each. With
 * `goesOffline`, it may also report that the browser could not fetch the site's icon.
 */
export async function visitor(browser, origin, { refusals = [], goesOffline = false, ...options } = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Warsaw", ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  const page = await context.newPage();
  const complaints = [];
  const met = [];
  context.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.origin !== origin) complaints.push(`asked ${asked.origin}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) met.push(response.status());
  });
  context.on("console", (message) => {
    const isExpected =
      refusals.some((status) => message.text().includes(`status of ${status}`)) ||
      (goesOffline && message.text().includes("ERR_INTERNET_DISCONNECTED"));
    if (["error", "warning"].includes(message.type()) && !isExpected) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective}`));
  });
  return {
    context,
    page,
    /** Everything on the page that axe-core finds fault with, at any level. */
    async check(choice = {}) {
      const looked = options.javaScriptEnabled === false ? await scripted(page) : page;
      await looked.evaluate(axe);
      const run = (how) => globalThis.axe.run(document, { resultTypes: ["violations"], ...how });
      const { violations } = await looked.evaluate(run, choice);
      if (looked !== page) await looked.context().close();
      const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
      assert.deepEqual(found, [], page.url());
      await fits(page);
    },
    async leave() {
      await context.close();
      assert.deepEqual(complaints, []);
      assert.deepEqual([...new Set(met)].sort(), [...refusals].sort());
    },
  };
}

/** axe-core is a script, so a page without script is looked at in a copy, with
 * what it has for those without script in its place. */
async function scripted(page) {
  const html = (await page.content()).replace(/<script>.*?<\/script>/gs, "").replace(/<\/?noscript>/g, "");
  const context = await page.context().browser().newContext({ viewport: page.viewportSize() });
  const copy = await context.newPage();
  await copy.setContent(html);
  return copy;
}

/** Nothing is wider than the window. */
export async function fits(page) {
  const [width, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(width <= window, `the page is ${width} wide in a window of ${window}: ${page.url()}`);
}

/** Holds what the mouse is on for as long as it takes. */
export async function hold(page, button) {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.locator("h1:focus").waitFor();
  await page.mouse.up();
}

/** What has been copied. */
export function clipboard(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}
