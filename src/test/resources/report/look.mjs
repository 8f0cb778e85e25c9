// Opens a report in Chromium, uses it as a reader would, takes pictures, and runs axe. Prints one JSON object.
//   node look.mjs CHROMIUM PAGE FOLDER-FOR-PICTURES
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [executablePath, page, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const seen = { requests: [], errors: [], violations: [], looks: {} };
try {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, width] of [['wide', 1200], ['phone', 390]]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const tab = await context.newPage();
      tab.on('request', request => { if (!request.url().startsWith('file:')) seen.requests.push(request.url()); });
      tab.on('pageerror', error => seen.errors.push(String(error)));
      await tab.goto(pathToFileURL(page).href);
      const look = { title: await tab.title(), background: await tab.evaluate(() => getComputedStyle(document.body).backgroundColor) };
      look.overflow = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await tab.screenshot({ path: `${folder}/report-${colorScheme}-${name}.png`, fullPage: true });
      look.changes = await tab.locator('.change').count();
      for (const summary of await tab.locator('details:not(.diff details) > summary').all()) await summary.click();
      look.payload = await tab.locator('pre').first().isVisible();
      await tab.locator('input[type=search]').fill('Brick 11');
      look.found = await tab.locator('.change:visible').count();
      await tab.locator('input[type=search]').fill('');
      look.again = await tab.locator('.change:visible').count();
      await tab.evaluate(axe);
      const result = await tab.evaluate(() => axe.run());
      seen.violations.push(...result.violations.map(v => `${colorScheme} ${name}: ${v.id}: ${v.help}: ${v.nodes.map(n => n.html).slice(0, 3).join(' ')}`));
      seen.looks[`${colorScheme} ${name}`] = look;
      await context.close();
    }
  }
  const quiet = await browser.newContext({ javaScriptEnabled: false });
  const tab = await quiet.newPage();
  await tab.goto(pathToFileURL(page).href);
  seen.withoutScript = { search: await tab.locator('input[type=search]').isVisible(), changes: await tab.locator('.change:visible').count() };
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
