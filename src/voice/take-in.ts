import type { SpoolFile } from './voice-folder.js';

/** What to do with a recording that the exchange announced. */
export type TakeIn = 'wait' | 'takeIn' | 'lost';

/** The recorder writes the head of its file when the call is over, and then lets it alone. */
const quietMs = 2000;
/** A call that we know nothing of cannot say when it is over: an hour of silence is enough. */
const unknownCallQuietMs = 3_600_000;
/** A file may come a little after its announcement, and not much. */
const patienceMs = 120_000;

/** Never while it is still being written; never given up before it can have come. */
export function judgeSpoolFile(
  file: SpoolFile,
  recording: { createdAt: Date; callEndedAt: Date | undefined; callIsKnown: boolean },
  now: Date,
): TakeIn {
  const since = (at: Date): number => now.getTime() - at.getTime();
  if (file.kind === 'refused') return 'lost';
  if (file.kind === 'missing') {
    if (recording.callIsKnown && !recording.callEndedAt) return 'wait';
    return since(recording.callEndedAt ?? recording.createdAt) >= patienceMs ? 'lost' : 'wait';
  }
  if (!recording.callIsKnown) return since(file.changedAt) >= unknownCallQuietMs ? 'takeIn' : 'wait';
  return recording.callEndedAt && since(file.changedAt) >= quietMs ? 'takeIn' : 'wait';
}
