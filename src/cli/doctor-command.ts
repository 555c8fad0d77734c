import { Command } from 'commander';
import { systemClock, type Clock } from '../clock.js';
import { ConfigError, readConfig, type Config } from '../config.js';
import { checkTimeoutMs, serviceChecks } from '../doctor/all-checks.js';
import { examine } from '../doctor/check.js';
import { good, type Finding } from '../doctor/findings.js';
import { promptsCheck } from '../doctor/machine-checks.js';
import { judgeSetting } from '../doctor/setting-findings.js';
import { alignedLines } from './wide-text.js';

/** `genkidesu doctor`: looks at everything the service needs, and says how to mend what is not well. */
export function doctorCommand({
  print = console.log,
  environment = process.env,
  clock = systemClock,
}: {
  print?: (text: string) => void;
  environment?: NodeJS.ProcessEnv;
  clock?: Clock;
} = {}): Command {
  return new Command('doctor')
    .description('check everything the service needs and say how to mend it; exit 1 if something is bad')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: true }) => {
      const findings = await findAll(environment, clock);
      print(options.json ? JSON.stringify({ findings }, null, 2) : describeFindings(findings));
      if (findings.some(({ state }) => state === 'bad')) process.exitCode = 1;
    });
}

async function findAll(environment: NodeJS.ProcessEnv, clock: Clock): Promise<Finding[]> {
  const settings = readSettings(environment);
  const checks = 'config' in settings ? serviceChecks(settings.config, clock) : [promptsCheck];
  return [...settings.findings, ...(await examine(checks, checkTimeoutMs))];
}

function readSettings(environment: NodeJS.ProcessEnv): { findings: Finding[]; config?: Config } {
  const what = '設定';
  try {
    return { config: readConfig(environment), findings: [good(what, 'すべて読めました')] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...problems] = error.message.split('\n').map((line) => line.trim());
    return { findings: problems.map(judgeSetting) };
  }
}

const marks: Readonly<Record<Finding['state'], string>> = {
  good: '[ 良好 ]',
  warning: '[ 注意 ]',
  bad: '[ 異常 ]',
};

/** The findings as text for a terminal, with what to do below each that is not well. */
export function describeFindings(findings: readonly Finding[]): string {
  const lines = alignedLines(findings.map(({ what, state, said }) => [marks[state], what, said]));
  const described = findings.flatMap(({ mend }, index) => [
    lines[index] ?? '',
    ...(mend === '' ? [] : [`          → ${mend}`]),
  ]);
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const summary = `異常 ${count('bad')} 件、注意 ${count('warning')} 件、良好 ${count('good')} 件`;
  return [...described, '', summary].join('\n');
}
