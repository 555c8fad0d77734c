import { findSipp } from '../testbed/find-sipp.js';
import type { UnpackProgress } from '../testbed/debian-packages.js';
import type { Stage } from '../testbed/stage.js';
import { DemoCallers } from './demo-callers.js';
import type { HotlineDesk } from './hotline-desk.js';
import { playHotline } from './hotline-play.js';
import { simulatedCallers } from './simulated-callers.js';
import { playKilledService, prepareKilledService, type KilledServiceParts } from './killed-service.js';

/** The hotline's part of the demo, beside the check-ins and after them. */
export class HotlineDemo {
  readonly #desk: HotlineDesk;
  #callers: DemoCallers | undefined;
  /** Why the play did not go as written; one sentence, or none. */
  readonly broken: string[] = [];

  constructor(desk: HotlineDesk) {
    this.#desk = desk;
  }

  /** Runs while the check-ins do. Never rejects: what goes wrong is told at the end with the rest. */
  async besideCheckIns(stage: Stage, onProgress: (progress: UnpackProgress) => void): Promise<void> {
    await this.#guard(async () => {
      const sipp = await findSipp({ onProgress });
      const callers = (this.#callers = await DemoCallers.connect(stage));
      await callers.untilAccountsAreMade();
      await this.#desk.connectTelephones(sipp, stage);
      await playHotline(this.#desk, callers);
      await prepareKilledService(this.#desk, callers);
    });
  }

  async killService(parts: Pick<KilledServiceParts, 'replaceService' | 'startAgain' | 'say'>): Promise<void> {
    const callers = this.#callers;
    if (!callers || this.broken.length > 0) return;
    await this.#guard(() => playKilledService({ ...parts, desk: this.#desk, callers }));
  }

  async close(): Promise<void> {
    this.#callers?.close();
    await this.#desk.close();
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.broken.push(
        `the hotline's play broke off: ${error instanceof Error ? error.message : String(error)}`,
      );
      // Nobody's call goes on who has nothing to wait for.
      for (const { name } of simulatedCallers) await this.#callers?.hangUp(name).catch(() => undefined);
    }
  }
}
