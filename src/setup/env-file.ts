/** Reads lines of NAME=value, as `set -a; . file` and systemd's EnvironmentFile do; values have no quotes. */
export function readEnvFile(text: string): Record<string, string> {
  const lines = [...text.matchAll(/^([A-Z_][A-Z0-9_]*)=(.*)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
}

/**
 * Puts our settings into an environment file; what somebody wrote into it by hand stays.
 *
 * @param ours a value of undefined takes the setting out
 */
export function mergeEnvFile(before: string, ours: Readonly<Record<string, string | undefined>>): string {
  const seen = new Set<string>();
  const lines = before.split('\n').flatMap((line) => {
    const name = /^([A-Z_][A-Z0-9_]*)=/.exec(line)?.[1];
    if (name === undefined || !(name in ours)) return [line];
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst && ours[name] !== undefined ? [`${name}=${ours[name]}`] : [];
  });
  while (lines.at(-1) === '') lines.pop();
  const added = Object.entries(ours).flatMap(([name, value]) =>
    seen.has(name) || value === undefined ? [] : [`${name}=${value}`],
  );
  return `${[...lines, ...added].join('\n')}\n`;
}
