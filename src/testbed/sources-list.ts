export type Distribution = 'debian' | 'ubuntu';

/** Both of apt's formats: one source a line, or paragraphs of fields (`.sources`). */
export type SourcesFormat = 'lines' | 'deb822';

/**
 * The first address in a sources file that looks like a main archive of the distribution, told by
 * its path (`…/debian`): security and third-party archives have other paths.
 */
export function sourceUriIn(
  text: string,
  format: SourcesFormat,
  distribution: Distribution,
): string | undefined {
  const uris = format === 'lines' ? urisInLines(text) : urisInParagraphs(text);
  return uris.find((uri) => isMainArchive(uri, distribution));
}

function urisInLines(text: string): string[] {
  return [...text.matchAll(/^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s/gm)].map(([, uri = '']) => uri);
}

function urisInParagraphs(text: string): string[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name: string) =>
      new RegExp(`^${name}:[ \\t]*((?:.*)(?:\\n[ \\t]+.*)*)`, 'im').exec(paragraph)?.[1];
    if (/^(no|false|0)$/i.test(field('Enabled')?.trim() ?? 'yes')) return [];
    if (!/(^|\s)deb(\s|$)/.test(field('Types') ?? '')) return [];
    return (field('URIs') ?? '').split(/\s+/).filter((uri) => uri !== '');
  });
}

function isMainArchive(uri: string, distribution: Distribution): boolean {
  if (uri.startsWith('cdrom:')) return false;
  // A cloud image may name a file with a list of mirrors instead: mirror+file:/etc/apt/mirrors/debian.list
  const end = distribution === 'debian' ? /\/debian(\/|\.list)?$/ : /\/ubuntu(-ports)?(\/|\.list)?$/;
  return end.test(uri);
}
