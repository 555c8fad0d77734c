import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/project-root.js';
import { openBrowser } from '../support/browser.js';
import { guideHtml, printedGuides } from '../support/guide-html.js';

/** `npm run print`: the guides that are laid on desks and handed out, as A4 in `dist/print`. */
const docs = join(projectRoot, 'docs');
const folder = join(projectRoot, 'dist/print');
mkdirSync(folder, { recursive: true });

const browser = await openBrowser();
try {
  const page = await browser.newPage();
  for (const guide of printedGuides) {
    const { html, sheets } = guideHtml(guide, docs);
    const path = join(folder, `${guide.name}.html`);
    writeFileSync(path, html);
    await page.goto(pathToFileURL(path).href, { waitUntil: 'load' });
    const pdf = await page.pdf({
      path: join(folder, `${guide.name}.pdf`),
      preferCSSPageSize: true,
      printBackground: true,
    });
    const found = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    process.stdout.write(`dist/print/${guide.name}.pdf: ${found} pages\n`);
    if (found !== sheets) {
      process.stderr.write(`${guide.name}: ${sheets} sheets were wanted, ${found} pages came of them\n`);
      process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
}
