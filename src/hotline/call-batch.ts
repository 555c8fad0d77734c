import type { CallLogLine, PresenceLine } from './call-log.js';
import { endByCrash, tellOn, type TaskWish, type VoiceFile } from './call-story.js';
import type { HotlineCall } from './hotline-call.js';
import type { TaskTry } from './outgoing-story.js';

/** What a batch of lines changes, all in all. */
export interface BatchChanges {
  /** Those that are not as they were. */
  calls: HotlineCall[];
  tasks: TaskWish[];
  voiceFiles: VoiceFile[];
  tries: TaskTry[];
  presences: PresenceLine[];
}

/**
 * Takes a batch of lines into what is known.
 *
 * @param known the calls of which the lines speak, and, when the exchange began anew, all that are open
 * @param aliveAt when the exchange was last known to be alive before this batch
 */
export function tellBatch(
  known: readonly HotlineCall[],
  lines: readonly CallLogLine[],
  aliveAt: Date | undefined,
): BatchChanges {
  const before = new Map(known.map((call) => [call.callId, call]));
  const calls = new Map(before);
  const changes: BatchChanges = { calls: [], tasks: [], voiceFiles: [], tries: [], presences: [] };
  let alive = aliveAt;
  for (const line of withoutRepeats(lines)) {
    if (line.kind === 'exchangeStarted') {
      const crash = { startedAt: line.at, aliveAt: alive };
      for (const [callId, call] of calls) calls.set(callId, endByCrash(call, crash));
    } else if (line.kind === 'presence') {
      changes.presences.push(line);
    } else {
      const { call, task, voice, tried } = tellOn(calls.get(line.callId), line);
      calls.set(line.callId, call);
      if (task) changes.tasks.push(task);
      if (voice) changes.voiceFiles.push(voice);
      if (tried) changes.tries.push(tried);
    }
    if (!alive || line.at > alive) alive = line.at;
  }
  changes.calls = [...calls.values()].filter((call) => !isSame(before.get(call.callId), call));
  return changes;
}

/** The exchange never writes the same line twice; a file that was put together again may hold it twice. */
function withoutRepeats(lines: readonly CallLogLine[]): CallLogLine[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

function isSame(one: HotlineCall | undefined, other: HotlineCall): boolean {
  if (one === other) return true;
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
