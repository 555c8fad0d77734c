import type { OpenApi, Operation } from './openapi.js';

const style = `
body { font: 16px/1.6 system-ui, "Noto Sans JP", sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color-scheme: light dark; }
summary { cursor: pointer; padding: .3rem 0; overflow-wrap: anywhere; }
summary b { display: inline-block; min-width: 4.5rem; }
details { border-top: 1px solid #8886; }
details > div { padding: 0 0 1rem 1rem; }
table { border-collapse: collapse; }
td, th { border: 1px solid #8886; padding: .2rem .6rem; text-align: left; vertical-align: top; white-space: nowrap; }
td:last-child { white-space: normal; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: #8882; padding: .6rem; }
`;

/** The description of the API for people: one page that runs nothing. @param nonce of this answer's style */
export function docsPage({ info, paths, components }: OpenApi, nonce: string): string {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? '';
      byTag.set(tag, [...(byTag.get(tag) ?? []), section(method, path, operation)]);
    }
  const parts = [...byTag].map(
    ([tag, sections]) => `<section><h2 id="${plain(tag)}">${plain(tag)}</h2>${sections.join('')}</section>`,
  );
  const links = [...byTag.keys()].map((tag) => `<a href="#${plain(tag)}">${plain(tag)}</a>`);
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API | げんきです</title><style nonce="${plain(nonce)}">${style}</style></head><body><main>
<h1>${plain(info.title)} ${plain(info.version)}: API</h1>
<p>だれが何をできるかを、アドレスごとに書いています。機械で読むときは <a href="/api/openapi.json">openapi.json</a>（OpenAPI 3.1）。</p>
<p lang="en">${plain(info.description)} <a href="/api/openapi.json">openapi.json</a></p>
<nav aria-label="目次 / Contents"><p>${links.join(' · ')}</p></nav>
${parts.join('\n')}
<section><h2 id="error">うまくいかないとき / Errors</h2>${schemaText(components.schemas?.Error)}</section>
</main></body></html>
`;
}

function section(method: string, path: string, operation: Operation): string {
  const { description, parameters, requestBody } = operation;
  const rows = parameters.map(
    ({ name, in: place, required, schema, description: words = '' }) =>
      `<tr><td><code>${plain(name)}</code></td><td>${place}</td><td>${required ? '必須 / needed' : '任意 / optional'}</td>` +
      `<td>${plain(words)} <code>${plain(JSON.stringify(schema))}</code></td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<table><tr><th>名前 / name</th><th>場所 / in</th><th></th><th>形 / shape</th></tr>${rows.join('')}</table>`;
  const body = requestBody
    ? `<p>内容 / body (application/json):</p>${schemaText(requestBody.content['application/json']?.schema)}`
    : '';
  return (
    `<details id="${plain(operation.operationId)}"><summary><b>${method.toUpperCase()}</b> <code>${plain(path)}</code></summary>` +
    `<div><p>できる人 / who may:</p><pre>${plain(description)}</pre>${table}${body}</div></details>`
  );
}

function schemaText(schema: unknown): string {
  return `<pre>${plain(JSON.stringify(schema, undefined, 2))}</pre>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Nothing in it is markup. */
function plain(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
