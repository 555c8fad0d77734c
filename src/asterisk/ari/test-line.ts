import type { TestLine } from '../../test-calls/test-call.js';
import { testChannelPrefix } from '../names.js';
import { AriPhone, type AriPhoneOptions } from './ari-phone.js';

/** Longer than this nobody waits in front of a button. */
const linkLimitMs = 10_000;

/** A line of its own for test calls: an application beside the service's, whose calls are not disturbed. */
export class AriTestLine implements TestLine {
  readonly phone: AriPhone;
  #isStarted = false;
  #tellUp: (() => void)[] = [];

  constructor(
    options: Omit<AriPhoneOptions, 'channelPrefix' | 'onUp' | 'onDown' | 'onReplaced'> & {
      /** Who uses it: two lines of one name silence each other. */
      name: string;
    },
  ) {
    const { name, pbxId, ...rest } = options;
    this.phone = new AriPhone({
      ...rest,
      pbxId: `${pbxId}-${name}`,
      channelPrefix: testChannelPrefix,
      onUp: () => this.#tellUp.splice(0).forEach((tell) => tell()),
      onDown: () => undefined,
      onReplaced: () => undefined,
    });
  }

  async open(): Promise<boolean> {
    if (this.phone.isUp) return true;
    if (!this.#isStarted) this.phone.start();
    this.#isStarted = true;
    let timer: NodeJS.Timeout | undefined;
    const up = new Promise<true>((resolve) => this.#tellUp.push(() => resolve(true)));
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), linkLimitMs)));
    const isUp = await Promise.race([up, late]);
    clearTimeout(timer);
    return isUp;
  }

  close(): void {
    if (this.#isStarted) this.phone.stop();
  }
}
