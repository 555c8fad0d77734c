import { createLog } from '../log.js';
import { readCarrierRecord, type CarrierCall } from '../testbed/carrier-record.js';
import { findAsterisk } from '../testbed/find-asterisk.js';
import { openStage, type Stage } from '../testbed/stage.js';
import { makeTemporaryFolder } from '../testbed/temporary-folder.js';
import { benchNumber } from './bench-people.js';
import { channelUse, type ChannelUse } from './channel-use.js';
import { dialResult, type DialResult } from './dial-result.js';
import { progressLine } from './progress.js';
import { runBaseline } from './run-baseline.js';
import { runOurs, type OurAccount } from './run-ours.js';
import { planTurns, type Order, type Turn } from './turns.js';

export interface DialRequest {
  /** Calls of each contender. */
  calls: number;
  channels: number;
  order: Order;
  /** Where the service leaves profiles of its CPU time. */
  profileDir?: string | undefined;
}

/** One turn as it went. */
export interface TurnResult {
  turn: Turn;
  use: ChannelUse;
  /** The carrier's calls, and the keys that its people sent. */
  carrierCalls: number;
  carrierKeys: number;
  /** Calls that the carrier has no end of. */
  endless: number;
  account: OurAccount | undefined;
}

/** Lets our service and Asterisk's own call files call the same simulated people on the same stage. */
export async function benchDial(request: DialRequest): Promise<DialResult> {
  const install = await findAsterisk();
  const folder = makeTemporaryFolder('bench');
  try {
    const stage = await openStage(install, folder.path, { channelCap: request.channels });
    try {
      const results: TurnResult[] = [];
      const turns = planTurns(request.order, request.calls, request.channels);
      for (const turn of turns) results.push(await runTurn(stage, request, turn, results));
      return dialResult(request, results);
    } finally {
      await stage.close();
    }
  } finally {
    await folder.remove();
  }
}

async function runTurn(
  stage: Stage,
  { channels, profileDir }: DialRequest,
  turn: Turn,
  before: readonly TurnResult[],
): Promise<TurnResult> {
  const first = before.reduce((sum, result) => sum + result.turn.calls, 0);
  const numbers = Array.from({ length: turn.calls }, (_none, index) => benchNumber(first + index));
  const progress = progressLine(`${turn.contender} (${before.length + 1})`, turn.calls);
  let account: OurAccount | undefined;
  if (turn.contender === 'ours') {
    account = await runOurs(stage, { name: `data-${before.length}`, numbers, profileDir, progress });
  } else {
    await runBaseline(stage, { numbers, lines: channels, progress, log: createLog('warn') });
  }
  const ofTurn = new Set(numbers);
  const calls = readCarrierRecord(stage.carrierRecordFile).filter(({ number }) => ofTurn.has(number));
  return { turn, account, ...judge(calls, channels) };
}

function judge(
  calls: readonly CarrierCall[],
  lines: number,
): Pick<TurnResult, 'use' | 'carrierCalls' | 'carrierKeys' | 'endless'> {
  const spans = calls.flatMap(({ startedAt, endedAt }) =>
    endedAt ? [{ startedAt: startedAt.getTime(), endedAt: endedAt.getTime() }] : [],
  );
  return {
    use: channelUse(spans, lines),
    carrierCalls: calls.length,
    carrierKeys: calls.reduce((sum, { keys }) => sum + keys.length, 0),
    endless: calls.length - spans.length,
  };
}
