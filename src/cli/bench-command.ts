import { Command, InvalidArgumentError, Option } from 'commander';
import { BenchError } from '../bench/bench-error.js';
import { benchDial } from '../bench/dial.js';
import type { DialResult } from '../bench/dial-result.js';
import { orders, type Order } from '../bench/turns.js';
import { benchConsoleCommand } from './bench-console-command.js';
import { benchHotlineCommand } from './bench-hotline-command.js';
import { benchLedgerCommand } from './bench-ledger-command.js';
import { benchWallboardCommand } from './bench-wallboard-command.js';

/** `genkidesu bench`: how fast we are, measured on a stage of our own. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('速さを測る / measure our speed')
    .addCommand(dialCommand())
    .addCommand(benchLedgerCommand())
    .addCommand(benchHotlineCommand())
    .addCommand(benchConsoleCommand())
    .addCommand(benchWallboardCommand());
}

interface DialOptions {
  calls: number;
  channels: number;
  order: Order;
  cpuProfile?: string;
  json?: true;
}

function dialCommand(): Command {
  const command = new Command('dial')
    .description('call simulated people and compare us with the call files of Asterisk itself')
    .option('--calls <number>', 'calls of each side', wholeNumber(2, 20_000), 400)
    .option('--channels <number>', 'calls at one time', wholeNumber(1, 400), 20)
    .addOption(new Option('--order <order>', 'who runs when').choices(orders).default('interleaved'))
    .option('--cpu-profile <folder>', "leave profiles of the service's CPU time there")
    .option('--json', 'print one JSON object as the last line')
    .action(async ({ calls, channels, order, cpuProfile, json }: DialOptions) => {
      if (calls < 2 * channels) {
        command.error(
          'error: --calls must be at least twice --channels, or there is no steady part to measure',
        );
      }
      try {
        const result = await benchDial({ calls, channels, order, profileDir: cpuProfile });
        console.log(json ? JSON.stringify(result) : table(result));
        if (result.errors > 0 || result.peakChannels > channels) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        command.error(`error: ${error.message}`);
      }
    });
  return command;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
  };
}

/** Figures side by side: ours, and Asterisk's call files in the second column where there are such. */
function table(result: DialResult): string {
  const pairs: [string, number, number?][] = [
    ['calls/s', result.callsPerSecond, result.baselineCallsPerSecond],
    ['calls/s, ramp and tail too', result.wholeCallsPerSecond, result.baselineWholeCallsPerSecond],
    ['share of lines in use', result.usedShare, result.baselineUsedShare],
    ['most lines at once', result.peakChannels, result.baselinePeakChannels],
    ['ramp, s', result.rampSeconds, result.baselineRampSeconds],
    ['tail, s', result.tailSeconds, result.baselineTailSeconds],
    ['our CPU, ms/call', result.nodeCpuMsPerCall],
    ['our memory at most, MB', result.nodeRssMB],
    ['errors', result.errors],
  ];
  const line = (name: string, ours: string, theirs: string): string =>
    `${name.padEnd(28)}${ours.padStart(10)}${theirs.padStart(12)}`;
  const { calls, channels, turns, ratio, wholeRatio } = result;
  return [
    `${calls} calls on ${channels} lines, in turns ${turns} (O: ours, B: call files of Asterisk)`,
    line('', 'ours', 'call files'),
    ...pairs.map(([name, ours, theirs]) => line(name, String(ours), String(theirs ?? ''))),
    `ratio ${ratio}, with ramp and tail ${wholeRatio}`,
    ...Object.entries(result.errorKinds)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `  ${kind}: ${count}`),
  ].join('\n');
}
