/**
 * Takes the picture of a page's top, as docs/pictures/ has it. The one there was made so:
 *
 *     loadgen duel onnxruntime onnxruntime,precision=int8 --time 5m --output runs/duel
 *     loadgen report runs/duel
 *     node dist/scripts/photographPage.js runs/duel/report.html docs/pictures/report.png
 *
 * `node dist/scripts/photographPage.js PAGE PICTURE`; the part from the title to the first table.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from '../test/reports/html/chromiumFile.js';

const WIDTH = 930;
const MARGIN = 12;

const [page, picture] = process.argv.slice(2);
if (page === undefined || picture === undefined) throw new Error('name a page and the picture to write');
if (CHROMIUM_FILE === undefined) throw new Error('there is no chromium on the PATH: install it, or set CHROMIUM');

const browser = await chromium.launch({ executablePath: CHROMIUM_FILE, args: CHROMIUM_ARGUMENTS });
try {
  const shown = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, colorScheme: 'light' });
  await shown.goto(pathToFileURL(resolve(page)).href);
  const table = await shown.locator('table').first().boundingBox();
  const height = Math.ceil((table?.y ?? 0) + (table?.height ?? 0) + MARGIN);
  const png = await shown.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height } });
  await sharp(png).png({ palette: true, colours: 64 }).toFile(picture);
} finally {
  await browser.close();
}
