import type { AlertStore } from '../alerts/alert-store.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { judgeSpoolFile } from './take-in.js';
import type { SpooledVoice, VoiceFileStore } from './voice-file-store.js';
import type { VoiceFolder } from './voice-folder.js';
import type { VoiceKey } from './voice-key.js';

export interface VoiceKeeperParts {
  pbxId: string;
  files: VoiceFileStore;
  folder: VoiceFolder;
  /** Without a key the recordings stay where the exchange left them. */
  key: VoiceKey | undefined;
  alerts: Pick<AlertStore, 'tellOperator' | 'endOperatorAlert'>;
  clock: Clock;
  log: Logger;
}

/** How the keeping of recordings stands, for health and the doctor. */
export interface VoiceHealth {
  ok: boolean;
  said?: string;
}

const roundMs = 5000;
const batch = 50;

/**
 * Takes recordings out of the exchange's spool, encrypts them, and deletes them when their time is over.
 * The plain file goes last, after the row says that the sealed one is kept: whatever breaks off is done again.
 */
export class VoiceKeeper {
  readonly #parts: VoiceKeeperParts;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #uncleared = true;
  #failed = false;
  #keyAlertEnded = false;

  constructor(parts: VoiceKeeperParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), roundMs);
    void this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#round;
  }

  health(): VoiceHealth {
    if (!this.#parts.key)
      return { ok: false, said: 'no VOICE_KEY is set: recordings wait in the spool, unencrypted' };
    return this.#failed ? { ok: false, said: 'recordings cannot be taken in; see the log' } : { ok: true };
  }

  /** One round over the spool and over what is to be deleted. Never throws; rounds do not overlap. */
  look(): Promise<void> {
    this.#round ??= this.#oneRound().finally(() => (this.#round = undefined));
    return this.#round;
  }

  async #oneRound(): Promise<void> {
    const { clock, log } = this.#parts;
    try {
      const now = clock();
      let failed = false;
      await this.#endAlertOfKey(now);
      await this.#deleteDue(now);
      await this.#clearSpool();
      let after = 0;
      for (;;) {
        const spooled = await this.#parts.files.spooled(this.#parts.pbxId, after, batch);
        for (const one of spooled) if (!(await this.#takeIn(one, now))) failed = true;
        after = spooled.at(-1)?.id ?? 0;
        if (spooled.length < batch) break;
      }
      this.#failed = failed;
    } catch (error) {
      this.#failed = true;
      log.error({ event: 'voice.round', err: error }, 'the recordings could not be looked after');
    }
  }

  /** @returns false when it should have been taken in and could not be; the next round tries again */
  async #takeIn(voice: SpooledVoice, now: Date): Promise<boolean> {
    const { files, folder, key, log, alerts } = this.#parts;
    const { id, spoolFile, createdAt } = voice;
    try {
      const verdict = judgeSpoolFile(await folder.look(spoolFile), voice, now);
      if (verdict === 'wait') return true;
      if (verdict === 'lost') {
        // Told first: a row that says lost is not looked at again.
        await alerts.tellOperator('voiceLost', String(id), `録音 ${id} のファイルがありません。`, now);
        await files.markLost(id);
        log.error({ event: 'voice.lost', voiceFileId: id }, 'a recording is not where the exchange left it');
        return true;
      }
      if (!key) {
        await alerts.tellOperator(
          'voiceNotTakenIn',
          'noKey',
          'VOICE_KEY がないので、録音が暗号化されずに残っています。',
          now,
        );
        return false;
      }
      const place = folder.placeFor(id, createdAt);
      const seconds = await folder.keep(spoolFile, place, key);
      if (!(await files.markKept(id, place, seconds))) return true;
      log.info({ event: 'voice.kept', voiceFileId: id }, 'a recording was taken in');
      this.#uncleared = true;
      await this.#clear(id, spoolFile);
      return true;
    } catch (error) {
      log.error({ event: 'voice.takeIn', voiceFileId: id, err: error }, 'a recording could not be taken in');
      return false;
    }
  }

  /** Plain files whose removal broke off: after a restart, and after a removal that failed. */
  async #clearSpool(): Promise<void> {
    if (!this.#uncleared) return;
    const left = await this.#parts.files.notCleared(this.#parts.pbxId);
    this.#uncleared = false;
    for (const { id, spoolFile } of left) {
      try {
        await this.#clear(id, spoolFile);
      } catch (error) {
        this.#uncleared = true;
        this.#parts.log.error(
          { event: 'voice.clear', voiceFileId: id, err: error },
          'a plain recording could not be removed from the spool',
        );
      }
    }
  }

  async #endAlertOfKey(now: Date): Promise<void> {
    if (!this.#parts.key || this.#keyAlertEnded) return;
    await this.#parts.alerts.endOperatorAlert('voiceNotTakenIn', 'noKey', now);
    this.#keyAlertEnded = true;
  }

  async #clear(id: number, spoolFile: string): Promise<void> {
    await this.#parts.folder.removeSpooled(spoolFile);
    await this.#parts.files.markCleared(id);
  }

  async #deleteDue(now: Date): Promise<void> {
    const { files, folder, pbxId, log } = this.#parts;
    for (const { id, state, place, spoolFile } of await files.due(pbxId, now, batch)) {
      try {
        if (place !== undefined) await folder.remove(place);
        if (spoolFile !== '') await folder.removeSpooled(spoolFile);
        if (await files.markDeleted(id, state, now))
          log.info(
            { event: 'voice.deleted', voiceFileId: id },
            'a recording was deleted, its time being over',
          );
      } catch (error) {
        // The others must not wait for one that cannot be removed.
        log.error({ event: 'voice.delete', voiceFileId: id, err: error }, 'a recording could not be deleted');
      }
    }
  }
}
