import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startChild, type RunningChild } from '../../src/testbed/child-process.js';
import { findFirefox } from '../../src/testbed/find-firefox.js';
import { until } from '../../src/testbed/until.js';

interface Answer {
  id?: number;
  type: 'success' | 'error' | 'event';
  method?: string;
  params?: { level?: string; text?: string };
  result?: unknown;
  message?: string;
}

/**
 * A Firefox ESR with one page, spoken to in WebDriver BiDi (W3C). Playwright asks this Firefox for what only
 * newer ones have, so the few commands that a smoke test needs are sent as they are.
 */
export class Firefox {
  /** What the page complained of. */
  readonly complaints: string[] = [];
  readonly #child: RunningChild;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #page = '';

  private constructor(child: RunningChild, socket: WebSocket, profile: string) {
    this.#child = child;
    this.#socket = socket;
    this.#profile = profile;
    socket.on('message', (data) => this.#hear(JSON.parse((data as Buffer).toString('utf8')) as Answer));
  }

  static async open(): Promise<Firefox> {
    const { executable, environment } = await findFirefox();
    const profile = mkdtempSync(join(tmpdir(), 'genkidesu-firefox-'));
    // As a page in an office: Japanese, and nothing asked of the world outside.
    writeFileSync(join(profile, 'user.js'), 'user_pref("intl.accept_languages", "ja");\n');
    const port = /listening on (ws:\/\/127\.0\.0\.1:\d+)/;
    let url: string | undefined;
    const child = await startChild(
      [executable, '--headless', '--remote-debugging-port=0', '--profile', profile, 'about:blank'],
      {
        env: { ...process.env, ...environment, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
        onLine: (line) => (url ??= port.exec(line)?.[1]),
      },
    );
    const address = await until(() => url, { what: 'Firefox listens', timeoutMs: 60_000 });
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const firefox = new Firefox(child, socket, profile);
    await firefox.#send('session.new', { capabilities: {} });
    await firefox.#send('session.subscribe', { events: ['log.entryAdded'] });
    const tree = (await firefox.#send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    firefox.#page = tree.contexts[0]?.context ?? '';
    return firefox;
  }

  #hear(answer: Answer): void {
    if (answer.type === 'event') {
      const { level, text } = answer.params ?? {};
      if (level === 'error') this.complaints.push(text ?? '');
      return;
    }
    this.#waiting.get(answer.id ?? 0)?.(answer);
    this.#waiting.delete(answer.id ?? 0);
  }

  async #send(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message ?? ''}`);
    return answer.result;
  }

  async goTo(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { context: this.#page, url, wait: 'complete' });
  }

  /** What an expression is in the page, as text. */
  async read(expression: string): Promise<string> {
    const answer = (await this.#send('script.evaluate', {
      expression: `String(${expression})`,
      target: { context: this.#page },
      awaitPromise: true,
    })) as { result?: { value?: string }; exceptionDetails?: { text: string } };
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return answer.result?.value ?? '';
  }

  /** Waits until the page shows this text. */
  async sees(text: string): Promise<void> {
    await until(async () => (await this.read('document.body.innerText')).includes(text), {
      what: `the page shows ${text}`,
      timeoutMs: 30_000,
      everyMs: 100,
    });
  }

  /** Types into what has the focus, as a keyboard does; \\uE004 is Tab, \\uE007 Enter. */
  async type(text: string): Promise<void> {
    const actions = Array.from(text).flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#send('input.performActions', {
      context: this.#page,
      actions: [{ type: 'key', id: 'keyboard', actions }],
    });
  }

  async screenshot(): Promise<Buffer> {
    const { data } = (await this.#send('browsingContext.captureScreenshot', { context: this.#page })) as {
      data: string;
    };
    return Buffer.from(data, 'base64');
  }

  async close(): Promise<void> {
    this.#socket.terminate();
    await this.#child.stop('SIGTERM', 5000);
    rmSync(this.#profile, { recursive: true, force: true });
  }
}
