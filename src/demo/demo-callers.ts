import { join } from 'node:path';
import type { AmiLink } from '../asterisk/ami/ami-link.js';
import { projectRoot } from '../project-root.js';
import { managerOf } from '../testbed/manager-of.js';
import { stageHotlineNumbers, type Stage } from '../testbed/stage.js';
import { until } from '../testbed/until.js';
import { hotlineSlot, patientExtension } from './demo-hotline-data.js';
import { callerNamed, carrierIdOf } from './simulated-callers.js';

/** Lets the people at the carrier phone the hotline, and hang up. */
export class DemoCallers {
  readonly #carrier: AmiLink;
  readonly #pbx: AmiLink;

  private constructor(carrier: AmiLink, pbx: AmiLink) {
    this.#carrier = carrier;
    this.#pbx = pbx;
  }

  static async connect({ carrier, pbx }: Pick<Stage, 'carrier' | 'pbx'>): Promise<DemoCallers> {
    return new DemoCallers(await managerOf(carrier), await managerOf(pbx));
  }

  async phone(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const caller = callerNamed(name);
      await this.#carrier.action({
        action: 'Originate',
        channel: `PJSIP/${stageHotlineNumbers[0]}@customer`,
        channelid: carrierIdOf(caller),
        callerid: `"" <${caller.number}>`,
        context: 'simulated-callers',
        exten: caller.behaviour,
        priority: '1',
        async: 'true',
      });
    }
  }

  async hangUp(...names: readonly string[]): Promise<void> {
    for (const name of names)
      await this.#carrier.action({ action: 'Hangup', channel: carrierIdOf(callerNamed(name)) });
  }

  /** Waits until the service has made the accounts of the counsellors' telephones: their lines are told after them. */
  async untilAccountsAreMade(): Promise<void> {
    const family = `hotline-counsellor/${patientExtension}`;
    const isTold = (): Promise<boolean> =>
      this.#pbx.action({ action: 'DBGet', family, key: 'lines' }, { list: true }).then(
        () => true,
        () => false,
      );
    await until(isTold, { what: 'the service has made the accounts', timeoutMs: 60_000, everyMs: 250 });
  }

  /** From now on a beep is the whole greeting: who watches has heard the long one. */
  async shortenGreeting(): Promise<void> {
    await this.#pbx.action({
      action: 'DBPut',
      family: `hotline-line/${hotlineSlot}`,
      key: 'greeting',
      val: join(projectRoot, 'sounds', 'beep'),
    });
  }

  close(): void {
    this.#carrier.stop();
    this.#pbx.stop();
  }
}
