import assert from 'node:assert/strict';
import { trunkSchema } from '../../src/asterisk/config/trunk-settings.js';
import { askChapter, WrongAnswers, type Asker } from '../../src/setup/ask.js';
import { databaseFaultInWords, judgeServerVersion } from '../../src/storage/database-faults.js';
import { adminChapter, numbersChapter } from '../../src/setup/other-questions.js';
import { trunkFileOf } from '../../src/setup/plan.js';
import { variableOf, type Answers, type Chapter } from '../../src/setup/question.js';
import { trunkChapter } from '../../src/setup/trunk-questions.js';
import { presetNames, presets } from '../../src/trunk/presets.js';

const nothing = { given: {}, saved: {} };
const line = { trunkHost: 'sip.example.jp', trunkUsername: '8147', trunkPassword: 'geheim' };
const ignore = (): void => undefined;

/** Somebody who gives these answers, and hears what is said. */
function answering(lines: readonly string[]): Asker & { said: string[] } {
  const [said, left] = [[] as string[], [...lines]];
  return {
    said,
    print: (text) => void said.push(text),
    ask: (prompt) => {
      said.push(prompt);
      return Promise.resolve(left.shift());
    },
  };
}

describe('the questions of the set-up', () => {
  for (const preset of presetNames) {
    it(`makes a trunk file of ${preset} that says what the preset wants`, async () => {
      const given = { ...line, preset };
      const trunk = await askChapter(trunkChapter, {}, { given, saved: {} }, undefined, ignore);
      const file = trunkSchema.parse(
        trunkFileOf({ ...trunk, callerNumber: '0471234567', hotlineNumbers: '' }),
      );
      const { numberFormat, callerFormat, identityHeader, sessionTimers } = presets[preset].habits;
      assert.deepEqual(
        [file.numberFormat, file.callerFormat, file.identityHeader, file.sessionTimers],
        [numberFormat, callerFormat, identityHeader, sessionTimers],
      );
      assert.equal(file.registration !== undefined, presets[preset].knownBy === 'registration');
    });
  }

  it('forgets a preset’s habits when another one is chosen', async () => {
    const saved: Answers = { ...line, preset: 'rakuten', callerFormat: '+81', trunkPort: '5062' };
    const of = (preset: string): Promise<Answers> =>
      askChapter(trunkChapter, {}, { given: { preset }, saved }, undefined, ignore);
    assert.equal((await of('rakuten')).callerFormat, '+81');
    const other = await of('brastel');
    assert.deepEqual([other.callerFormat, other.trunkPort], ['0', '5062']);
  });

  it('asks again, with the reason, until an answer can be used', async () => {
    const somebody = answering(['047-123', '0471234567', '']);
    const answers = await askChapter(numbersChapter, {}, nothing, somebody, ignore);
    assert.deepEqual(answers, { callerNumber: '0471234567', hotlineNumbers: '' });
    assert.match(somebody.said.join('\n'), /✗ ハイフンなしの10桁か11桁の番号/);
  });

  it('offers what was answered before, and takes a hyphen for nothing', async () => {
    const saved = { callerNumber: '0471234567', hotlineNumbers: '0120386117' };
    const somebody = answering(['', '-']);
    const answers = await askChapter(numbersChapter, {}, { given: {}, saved }, somebody, ignore);
    assert.deepEqual(answers, { callerNumber: '0471234567', hotlineNumbers: '' });
    assert.match(somebody.said.join('\n'), /見守り電話の番号［0471234567］/);
  });

  it('takes a choice by its number, and never shows a secret', async () => {
    const chapter: Chapter = {
      ...trunkChapter,
      questions: trunkChapter.questions.filter(({ key }) => ['preset', 'trunkPassword'].includes(key)),
    };
    const somebody = answering(['3', '']);
    const answers = await askChapter(chapter, {}, { given: {}, saved: line }, somebody, ignore);
    assert.deepEqual(answers, { preset: 'rakuten', trunkPassword: 'geheim' });
    assert.doesNotMatch(somebody.said.join('\n'), /geheim/);
  });

  it('names every wrong answer at once where nobody can be asked', async () => {
    const given = { ...line, preset: 'nobody', channelCap: 'many' };
    await assert.rejects(askChapter(trunkChapter, {}, { given, saved: {} }, undefined, ignore), (error) => {
      assert.ok(error instanceof WrongAnswers);
      assert.deepEqual(
        error.problems.map((problem) => problem.split('（')[0]),
        ['preset', 'channelCap'],
      );
      return true;
    });
  });

  it('asks for a name only of an administrator', async () => {
    assert.deepEqual(await askChapter(adminChapter, {}, nothing, answering(['']), ignore), { adminMail: '' });
  });

  it('has a variable for each question', () => {
    assert.equal(variableOf('databaseHost'), 'SETUP_DATABASE_HOST');
    assert.equal(variableOf('preset'), 'SETUP_PRESET');
  });

  it('says in words why a database cannot be used', () => {
    assert.match(databaseFaultInWords('ER_ACCESS_DENIED_ERROR'), /利用者名かパスワードが違います/);
    assert.match(databaseFaultInWords('ER_SOMETHING'), /（ER_SOMETHING）/);
  });

  for (const [version, isGood] of [
    ['10.11.6-MariaDB-0+deb12u1', true],
    ['11.8.3-MariaDB', true],
    ['10.6.22-MariaDB', false],
    ['8.4.0', false],
  ] as const) {
    it(`${isGood ? 'takes' : 'refuses'} a server that says ${version}`, () => {
      assert.equal(judgeServerVersion(version) === undefined, isGood);
    });
  }
});
