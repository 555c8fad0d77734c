import assert from 'node:assert/strict';
import type { CallPolicy } from '../../src/checkins/call-policy.js';
import type { CarrierCall } from '../../src/testbed/carrier-record.js';
import { until } from '../../src/testbed/until.js';
import { quickPolicy, Town } from './pbx-town.js';
import { ServiceProcess } from './service-process.js';

type TownOptions = Parameters<typeof Town.open>[0];

/** Opens a town with people who are due, lets `play` have it, and closes everything whatever happened. */
export async function inTown(
  {
    numbers,
    policy = quickPolicy(),
    ...options
  }: TownOptions & { numbers: readonly string[]; policy?: CallPolicy },
  play: (town: Town, start: (more?: Record<string, string>) => Promise<ServiceProcess>) => Promise<void>,
): Promise<void> {
  const town = await Town.open(options);
  const services: ServiceProcess[] = [];
  const start = async (more: Record<string, string> = {}): Promise<ServiceProcess> => {
    const service = new ServiceProcess({ ...town.environment, ...more });
    services.push(service);
    await service.start();
    return service;
  };
  try {
    await town.people(numbers, policy);
    await play(town, start);
  } catch (error) {
    const said = services.map(({ lines }) => lines.slice(-15).join('\n')).join('\n--\n');
    throw new Error(`${String(error)}; the services said last:\n${said}`, { cause: error });
  } finally {
    for (const service of services) service.signal('SIGCONT');
    await Promise.all(services.map((service) => service.kill()));
    await town.close();
  }
}

/** Waits until the carrier has so many calls that are as `isSo` says at one moment. */
export async function carrierSees(
  town: Town,
  count: number,
  isSo: (call: CarrierCall) => boolean,
  what: string,
): Promise<CarrierCall[]> {
  const seen = (): CarrierCall[] => town.carrierCalls().filter((call) => !call.endedAt && isSo(call));
  await until(() => seen().length >= count, {
    what: `${count} calls ${what}`,
    timeoutMs: 60_000,
    everyMs: 10,
  });
  return seen();
}

export const isTalking = (call: CarrierCall): boolean => call.answeredAt !== undefined;
export const isRinging = (call: CarrierCall): boolean => call.ringingAt !== undefined && !call.answeredAt;

/** Lets time pass on purpose: the fault itself lasts this long. */
export async function lasts(seconds: number, what: string): Promise<void> {
  const over = performance.now() + seconds * 1000;
  await until(() => performance.now() >= over, { what, timeoutMs: seconds * 1000 + 5000 });
}

/** Everybody is well, nobody missed a call by our fault. */
export async function allAreWell(town: Town, numbers: readonly string[]): Promise<void> {
  const results = await town.results();
  for (const number of numbers) {
    const { state, result, missed } = results.get(number) ?? {};
    assert.deepEqual([state, result, missed], ['answered', 'ok', 0], `${number} ended otherwise`);
  }
  assert.deepEqual([...(await town.alertReasons())], []);
}

/** The carrier saw exactly one call to each of them. */
export function eachIsCalledOnce(town: Town, numbers: readonly string[]): void {
  const called = town.carrierCalls().map(({ number }) => number);
  assert.deepEqual(called.toSorted(), [...numbers].sort());
}
