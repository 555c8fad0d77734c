import type { RunningChild } from '../testbed/child-process.js';
import { patientExtension, quickExtensions } from './demo-hotline-data.js';
import type { DemoCallers } from './demo-callers.js';
import type { HotlineDesk } from './hotline-desk.js';
import { callerNamed } from './simulated-callers.js';

export interface KilledServiceParts {
  desk: HotlineDesk;
  callers: DemoCallers;
  /** Ends the service that runs, and starts it again in a process of its own. */
  replaceService: () => Promise<RunningChild>;
  startAgain: () => Promise<unknown>;
  say: (text: string) => void;
}

/**
 * Prepares somebody who talks while the service dies. Then the service is killed while people talk and wait;
 * others come, ask to be phoned back and leave messages; it is started again and takes everything in.
 */
export async function playKilledService(parts: KilledServiceParts): Promise<void> {
  const { desk, callers, say } = parts;
  await desk.until('is waiting', ['cutTalking'], ({ answeredAt }) => Boolean(answeredAt));
  await callers.phone('cutWaiting', 'cutAsking');
  const service = await parts.replaceService();
  await service.stop('SIGKILL');
  say('サービスを強制終了しました（SIGKILL）。電話は交換機だけで続きます。');
  const killedAt = performance.now();
  const after = (seconds: number): Promise<void> =>
    desk.waits('time passes', () => performance.now() - killedAt >= seconds * 1000);
  await callers.phone('cutImpatient');
  await after(3);
  // The counsellor is free again, and gets the one who waits.
  await callers.hangUp('cutTalking', 'cutSpeaking');
  const starting = after(4).then(() => parts.startAgain());
  starting.catch(() => undefined);
  await desk.waits('the one who waited is answered', () => {
    const talks = desk.telephoneCalls().filter(({ who }) => who === patientExtension);
    return talks.filter(({ answeredAt }) => answeredAt !== undefined).length >= 2;
  });
  await after(7);
  await callers.hangUp('cutWaiting');
  await starting;
  say('サービスがまた動きはじめ、その間のことを取り込んでいます。');
  const cut = ['cutTalking', 'cutWaiting', 'cutAsking', 'cutSpeaking', 'cutImpatient'];
  await desk.until('has ended', cut, ({ endedAt }) => Boolean(endedAt));
  const numbers = ['cutAsking', 'cutSpeaking'].map((name) => callerNamed(name).number);
  await desk.waits('what they asked for is a task', async () => {
    const tasks = await desk.tasks();
    return numbers.every((number) => tasks.some((task) => task.number === number));
  });
}

/** Somebody talks for as long as they like, while the others of the counsellors are away. */
export async function prepareKilledService(desk: HotlineDesk, callers: DemoCallers): Promise<void> {
  await desk.orderEach([patientExtension], 'login');
  await desk.orderEach(quickExtensions, 'logout');
  await callers.phone('cutTalking');
}
