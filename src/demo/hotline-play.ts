import { quickExtensions } from './demo-hotline-data.js';
import type { DemoCallers } from './demo-callers.js';
import type { DemoCall } from './demo-hotline-store.js';
import type { HotlineDesk } from './hotline-desk.js';
import { callerNamed } from './simulated-callers.js';

/** People phone the hotline while the check-ins run: each does what the list says of them. */
export async function playHotline(desk: HotlineDesk, callers: DemoCallers): Promise<void> {
  // Nobody is logged in while the first caller hears the greeting.
  await callers.phone('early');
  await desk.until('still hears the greeting', ['early'], isOnThePhoneFor(12));
  await callers.phone('first', 'second', 'third', 'unrecorded');
  await desk.until('was told that nobody is there', ['early'], isOnThePhoneFor(22));
  await desk.orderEach(quickExtensions, 'login');
  await desk.until('is answered', ['first', 'second', 'third', 'unrecorded'], ({ answeredAt }) =>
    Boolean(answeredAt),
  );

  await callers.shortenGreeting();
  await desk.orderEach(quickExtensions, 'pause', { reason: '打ち合わせ' });
  // Who speaks on will still do so when the service is killed.
  await callers.phone('impatient', 'busy', 'unlucky', 'cutSpeaking');
  await desk.until('has given up', ['impatient'], ({ endedAt }) => Boolean(endedAt));
  await callers.phone('patient');
  await desk.until('waits', ['patient'], ({ stage }) => stage === 'queue');
  await desk.until('has waited too long', ['unlucky', 'cutSpeaking'], ({ result }) => result === 'overflow');
  await desk.orderEach(quickExtensions, 'resume');
  await desk.until('is answered', ['patient'], ({ answeredAt }) => Boolean(answeredAt));

  await phoneBack(desk, 'busy', '103');
  await desk.until('has ended', ['early', 'unlucky', 'patient'], ({ endedAt }) => Boolean(endedAt));
}

function isOnThePhoneFor(seconds: number): (call: DemoCall) => boolean {
  return ({ arrivedAt }) => Date.now() - arrivedAt.getTime() >= seconds * 1000;
}

/** The service lets a counsellor's telephone ring, and then that of who asked for it. */
async function phoneBack(desk: HotlineDesk, name: string, extension: string): Promise<void> {
  const { number } = callerNamed(name);
  await desk.until('has hung up', [name], ({ endedAt }) => Boolean(endedAt));
  const task = (await desk.tasks()).find((one) => one.kind === 'callBack' && one.number === number);
  if (!task) throw new Error(`${name} asked to be phoned back, and there is no task`);
  await desk.order(`/tasks/${task.id}/call`, { extension });
  await desk.waits(`${name} is phoned back`, async () =>
    (await desk.calls()).some(({ taskId, endedAt }) => taskId === task.id && endedAt !== undefined),
  );
  await desk.order(`/tasks/${task.id}/done`, { extension, note: '折り返して話した' });
}
