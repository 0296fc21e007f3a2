// The README's pictures: `npm run screenshots` writes them into docs/.
import { fileURLToPath } from "node:url";
import { startBrowser, startServer } from "./support.mjs";

const docs = fileURLToPath(new URL("../../docs", import.meta.url));
const server = await startServer();
const browser = await startBrowser();

const desk = await browser.newPage({ viewport: { width: 820, height: 900 } });
await desk.goto(server.origin);
await desk.locator("#secret").fill("postgres://reports:v9Kp-tallow-Quartz@db.example.com/reports");
await desk.locator("h1").click();
await desk.screenshot({ path: `${docs}/create.png` });

const { secret_url: link } = await server.share({ secret: "x", ttl: 259_200 });
const phone = await browser.newPage({ viewport: { width: 390, height: 640 }, colorScheme: "dark" });
await phone.goto(link);
await phone.locator("[data-hold]").hover();
await phone.screenshot({ path: `${docs}/reveal.png` });

await browser.close();
server.stop();
