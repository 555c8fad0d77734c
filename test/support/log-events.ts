import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';

const written = /\bevent:\s*(?:[\w.!]+\s*\?\s*)?(?:'(\w+\.\w+)'(?:\s*:\s*'(\w+\.\w+)')?|`([^`]+)`)/g;
/** Loops that name their event after their work. */
const works = /#guard\('(\w+)'|#every\([^,]+, '(\w+)'/g;

/** The name of every event that the sources write into the log, in the order of the alphabet. */
export function eventsOfSources(): string[] {
  const files = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const events = files.flatMap((path) => eventsOf(readFileSync(join(projectRoot, 'src', path), 'utf8')));
  return [...new Set(events)].sort();
}

export function eventsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return [...code.matchAll(written)].flatMap(([, one, other, template]) => {
    if (template === undefined) return [one, other].filter((name) => name !== undefined);
    return [...code.matchAll(works)].map(([, guarded, repeated]) =>
      template.replace('${what}', guarded ?? repeated ?? ''),
    );
  });
}
