import { Command } from 'commander';
import { systemClock, type Clock } from '../clock.js';
import { ConfigError, readConfig, type Config } from '../config.js';
import { asteriskChecks } from '../doctor/asterisk-checks.js';
import { examine, type Check } from '../doctor/check.js';
import { databaseCheck } from '../doctor/database-check.js';
import { bad, good, type Finding } from '../doctor/findings.js';
import { machineChecks, promptsCheck } from '../doctor/machine-checks.js';
import { personalDataCheck } from '../doctor/personal-data-check.js';
import { voiceCheck } from '../doctor/voice-check.js';
import { alignedLines } from './wide-text.js';

const checkTimeoutMs = 5000;

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
  const checks: Check[] =
    'config' in settings
      ? [
          ...machineChecks(settings.config),
          databaseCheck(settings.config, clock),
          personalDataCheck(settings.config),
          voiceCheck(settings.config),
          ...asteriskChecks(settings.config),
        ]
      : [];
  return [...settings.findings, ...(await examine([...checks, promptsCheck], checkTimeoutMs))];
}

function readSettings(environment: NodeJS.ProcessEnv): { findings: Finding[]; config?: Config } {
  const what = '設定';
  try {
    return { config: readConfig(environment), findings: [good(what, 'すべて読めました')] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...problems] = error.message.split('\n').map((line) => line.trim());
    const mend = '環境変数（または 名前_FILE）で正しい値を与えてください。';
    return { findings: problems.map((problem) => bad(what, problem, mend)) };
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
