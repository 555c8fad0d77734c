import type { Page, Route } from 'playwright-core';

/** Requests of a page that are held up as on a slow line, until the test lets them go. */
export class Held {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isOpen = false;
  #count = 0;

  /**
   * @param options `method`: no others are meant; `afterwards`: the service gets them at once, only its answers are
   *   held; `most`: so many are held, the others pass
   */
  static async open(
    page: Page,
    isMeant: (url: URL) => boolean,
    options: { method?: string; afterwards?: boolean; most?: number } = {},
  ): Promise<Held> {
    const held = new Held();
    await page.route(isMeant, (route) => held.#take(route, options));
    return held;
  }

  /** How many have come so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Lets those go that wait, and all that come; settles when the page has its answers. The page's requests go on to
   * pass through here: Chromium loses one that is on its way while that is ended.
   */
  async letGo(): Promise<void> {
    this.#isOpen = true;
    await Promise.all(this.#waiting.map((goOn) => goOn()));
  }

  async #take(
    route: Route,
    { method, afterwards = false, most = Infinity }: { method?: string; afterwards?: boolean; most?: number },
  ): Promise<void> {
    const isOther = method !== undefined && route.request().method() !== method;
    // The page may be closed before it is sent.
    if (isOther || this.#isOpen || this.#count >= most) return route.continue().catch(() => undefined);
    this.#count++;
    if (!afterwards) {
      this.#waiting.push(async () => route.fulfill({ response: await route.fetch() }));
      return;
    }
    // The service has it now; its answer waits, unless the test has let go meanwhile.
    const answered = route.fetch();
    this.#waiting.push(async () => route.fulfill({ response: await answered }));
    await answered;
  }
}

/** Settles when the page has drawn what it had heard until now. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}
