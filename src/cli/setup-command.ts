import { resolve } from 'node:path';
import { Command } from 'commander';
import { askChapter, SetupStopped, WrongAnswers, type Asker } from '../setup/ask.js';
import { databaseChapter } from '../setup/database-questions.js';
import { givenAnswers, saveAnswers, savedAnswers } from '../setup/known-answers.js';
import { adminChapter, endChapter, machineChapter, numbersChapter } from '../setup/other-questions.js';
import { databaseOf, setupFiles } from '../setup/plan.js';
import type { Answers, Chapter } from '../setup/question.js';
import { trunkChapter } from '../setup/trunk-questions.js';
import { tryDatabase } from '../setup/try-database.js';
import { settingsOf, writeSetUp } from '../setup/write-set-up.js';
import { finishSetUp } from './setup-finish.js';
import { askAtTerminal } from './setup-terminal.js';
import { terminal, type CommandWorld } from './with-database.js';

const chapters = [databaseChapter, trunkChapter, numbersChapter, machineChapter, adminChapter, endChapter];

/** Opens a conversation; undefined where nobody sits at the terminal. */
type OpenAsker = () => (Asker & { close(): void }) | undefined;

interface SetupOptions {
  dir: string;
  answers?: string;
  check: boolean;
}

/** `genkidesu setup`: asks what an installation needs, and makes it. */
export function setupCommand(world: CommandWorld = terminal, openAsker: OpenAsker = atTerminal): Command {
  return new Command('setup')
    .description('はじめの設定を質問に答えて作る。何度でもやり直せる / set everything up by questions')
    .option('--dir <dir>', '設定を置くフォルダー', '/srv/genkidesu')
    .option('--answers <file>', '答えの JSON ファイル。質問はしない（環境変数 SETUP_… でもよい）')
    .option('--no-check', '点検（doctor）と試しの電話をしない')
    .action(async ({ dir, answers, check }: SetupOptions) => {
      const asker = answers === undefined ? openAsker() : undefined;
      try {
        process.exitCode = await setUp({ world, asker, dir: resolve(dir), file: answers, check });
      } finally {
        asker?.close();
      }
    });
}

function atTerminal(): ReturnType<OpenAsker> {
  return process.stdin.isTTY && process.stdout.isTTY
    ? askAtTerminal(process.stdin, process.stdout)
    : undefined;
}

interface SetupRun {
  world: CommandWorld;
  asker: Asker | undefined;
  dir: string;
  file: string | undefined;
  check: boolean;
}

/** @returns the exit code */
async function setUp({ world, asker, dir, file, check }: SetupRun): Promise<number> {
  const { state, settings } = setupFiles(dir);
  try {
    const given = givenAnswers(chapters, file, world.environment);
    const answers = await askAll(dir, given, asker);
    saveAnswers(state, answers);
    const written = writeSetUp(dir, answers, world.clock());
    if ('problem' in written) {
      world.complain(written.problem);
      return 1;
    }
    const { changed } = written;
    world.print(changed.length === 0 ? '設定は前と同じです。' : `${dir} に書きました: ${listOf(changed)}`);
    return await finishSetUp(
      { ...world, environment: settledEnvironment(world.environment, settingsOf(dir)) },
      { dir, settings, answers, changed, check, asker },
    );
  } catch (error) {
    if (error instanceof SetupStopped) {
      world.complain(`\n途中でやめました。ここまでの答えは ${state} にあります（持ち主だけが読めます）。`);
      world.complain('もう一度 genkidesu setup を実行すると、その答えを初めの値にして続けられます。');
      return 1;
    }
    if (!(error instanceof WrongAnswers)) throw error;
    world.complain('答えを直してください。まだ何も書いていません。');
    for (const problem of error.problems) world.complain(`  ${problem}`);
    return 1;
  }
}

async function askAll(dir: string, given: Answers, asker: Asker | undefined): Promise<Answers> {
  const { state } = setupFiles(dir);
  const saved = { dataDir: `${dir}/data`, ...savedAnswers(state) };
  const keep = (answers: Answers): void => saveAnswers(state, { ...saved, ...answers });
  asker?.print('空のまま Enter を押すと［ ］の中の値になります。Ctrl-C でいつでもやめられ、答えは残ります。');
  let answers: Answers = {};
  const problems: string[] = [];
  for (const chapter of chapters) {
    try {
      answers =
        chapter === databaseChapter
          ? await askDatabase(chapter, { given, saved }, asker, keep)
          : await askChapter(chapter, answers, { given, saved }, asker, keep);
    } catch (error) {
      if (!(error instanceof WrongAnswers)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new WrongAnswers(problems);
  return answers;
}

/** Asked until the database can be used: nothing else makes sense without it. */
async function askDatabase(
  chapter: Chapter,
  known: { given: Answers; saved: Answers },
  asker: Asker | undefined,
  keep: (answers: Answers) => void,
): Promise<Answers> {
  let { given, saved } = known;
  for (;;) {
    const answers = await askChapter(chapter, {}, { given, saved }, asker, keep);
    const problem = await tryDatabase(databaseOf(answers));
    if (problem === undefined) {
      asker?.print('  ✓ データベースが使えます。');
      return answers;
    }
    if (!asker) throw new WrongAnswers([`データベース: ${problem}`]);
    asker.print(`  ✗ ${problem}`);
    // What the environment said is asked, too, now that it does not work.
    saved = { ...saved, ...answers };
    given = {};
  }
}

/** The first time it is all of Asterisk's files: their number will do. */
function listOf(changed: readonly string[]): string {
  const ofAsterisk = changed.filter((file) => file.startsWith('pbx/etc/'));
  if (ofAsterisk.length <= 6) return changed.join('、');
  const others = changed.filter((file) => !ofAsterisk.includes(file));
  return [...others, `pbx/etc の ${ofAsterisk.length} ファイル`].join('、');
}

/** What was made is tried as it stands: a setting of the terminal's own, in either of its two forms, is none of it. */
function settledEnvironment(
  environment: NodeJS.ProcessEnv,
  settings: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const settled = new Set(Object.keys(settings).map((name) => name.replace(/_FILE$/, '')));
  const others = Object.entries(environment).filter(
    ([name]) => !name.startsWith('SETUP_') && !settled.has(name.replace(/_FILE$/, '')),
  );
  return { ...Object.fromEntries(others), ...settings };
}
