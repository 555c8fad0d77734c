import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Asker } from '../setup/ask.js';

/** Asks at the terminal; what is typed as a secret is not shown. Ctrl-C and Ctrl-D are "nobody is there". */
export function askAtTerminal(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): Asker & { close(): void } {
  let isMuted = false;
  const screen = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!isMuted) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: screen, terminal: true, historySize: 0 });
  let tellClosed: (nothing: undefined) => void = () => undefined;
  const closed = new Promise<undefined>((resolve) => (tellClosed = resolve));
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => tellClosed(undefined));
  return {
    print: (line) => output.write(`${line}\n`),
    ask: async (prompt, { isSecret }) => {
      const answer = lines.question(prompt).catch(() => undefined);
      // The prompt itself was written just now.
      isMuted = isSecret;
      try {
        return await Promise.race([answer, closed]);
      } finally {
        isMuted = false;
        if (isSecret) output.write('\n');
      }
    },
    close: () => lines.close(),
  };
}
