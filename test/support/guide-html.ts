import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { marked } from 'marked';

export interface PrintedGuide {
  /** Name of the file below `docs/`, without its endings. */
  name: string;
  /** Which rules of `docs/print.css` hold for it. */
  kind: 'guide' | 'leaflet';
}

/** What is laid on a desk or handed out; everything else is read on a screen. */
export const printedGuides: readonly PrintedGuide[] = [
  { name: 'station-guide', kind: 'guide' },
  { name: 'leaflet', kind: 'leaflet' },
];

/**
 * A guide as a page of its own: of the station's guide each task is one sheet, of the leaflet each side.
 *
 * @param docs folder of the documents, absolute: pictures are taken from there
 * @returns the page, and how many sheets it must fill, no more and no less
 */
export function guideHtml({ name, kind }: PrintedGuide, docs: string): { html: string; sheets: number } {
  const text = readFileSync(join(docs, `${name}.ja.md`), 'utf8');
  const css = readFileSync(join(docs, 'print.css'), 'utf8');
  const parts =
    kind === 'leaflet'
      ? text.split('<div class="new-page"></div>')
      : // Each task has an anchor before its heading, for links to it.
        text.split(/^(?=<a id=)/m);
  const sections = parts.map((part) => {
    const inner = marked.parse(part, { async: false, gfm: true });
    return `<section class="sheet">\n${withPictures(inner, docs)}</section>`;
  });
  const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
  const html = `<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><title>${title}</title><style>${css}</style></head>
<body class="${kind}">
${sections.join('\n')}
</body>
</html>
`;
  return { html, sheets: sections.length };
}

/** A clone may lack pictures that are yet to be taken; a torn frame on paper helps nobody. */
function withPictures(html: string, docs: string): string {
  return html.replaceAll(/<img src="(images\/[^"]+)"/g, (whole, file: string) =>
    existsSync(join(docs, file)) ? `<img src="${pathToFileURL(join(docs, file)).href}"` : '<img hidden',
  );
}
