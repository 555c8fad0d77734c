/**
 * Fills `{{name}}` places of a configuration template.
 *
 * @throws Error naming the place when a value is missing, or when a value holds a line break or a NUL:
 * one line more in a configuration file is another setting.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_place, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {{${name}}}`);
    const text = String(value);
    if (/[\r\0]/.test(text) || (text.includes('\n') && !blocks.has(name))) {
      throw new Error(`a line break in the value for {{${name}}}`);
    }
    return text;
  });
}

/** Places that stand for several lines, made by our own code. */
const blocks = new Set([
  'trunkRegistration',
  'trunkAuthLine',
  'transportExtra',
  'trunkQualify',
  'tlsTransport',
  'hotlineNumberLines',
]);
