import type { Logger } from '../log.js';
import type { CallInBox } from './call-in.js';
import type { CallInStore } from './call-in-store.js';

/** A call that still goes on may yet leave a message: its entry is forgotten only after this time. */
const settledMs = 200_000;

/** Takes in those who phoned back, also while we were dead. */
export class CallInCollector {
  readonly #options: { pbxId: string; box: CallInBox; store: CallInStore; now: () => Date; log: Logger };

  constructor(options: { pbxId: string; box: CallInBox; store: CallInStore; now: () => Date; log: Logger }) {
    this.#options = options;
  }

  /** @returns how many calls stood in the box */
  async collect(): Promise<number> {
    const { pbxId, box, store, now, log } = this.#options;
    const callIns = await box.read();
    for (const callIn of callIns) {
      await store.keep(pbxId, callIn);
      const age = now().getTime() - callIn.calledAt.getTime();
      if (callIn.messageFile === undefined && age < settledMs) continue;
      await box.forget(callIn);
      log.info({ event: 'call_in.taken', callId: callIn.callId }, 'somebody phoned back');
    }
    return callIns.length;
  }
}
