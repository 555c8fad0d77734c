import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hotlinePrompts } from '../../src/prompts/hotline-prompts.js';
import { measureLevel } from '../../src/prompts/loudness.js';
import { numberPrompts } from '../../src/prompts/number-prompts.js';
import { READINGS_FILE } from '../../src/prompts/render.js';
import { installedSoundsRoot, soundFile } from '../../src/prompts/sound-files.js';
import { soundSets } from '../../src/prompts/sound-sets.js';
import { decodeWav, durationSeconds, toUnitScale, type Wav } from '../../src/prompts/wav.js';

const root = installedSoundsRoot();
const names = Object.keys(hotlinePrompts);
const recorded = [
  ...names.map((name) => ({ folder: 'ja/hotline', name })),
  ...Object.keys(numberPrompts).map((name) => ({ folder: 'ja/digits', name })),
];

/** How Open JTalk read a recording when it was made; without the marks of whispered vowels. */
function readingsIn(folder: string): Record<string, string> {
  const readings = JSON.parse(readFileSync(join(root, folder, READINGS_FILE), 'utf8')) as Record<
    string,
    string
  >;
  return Object.fromEntries(
    Object.entries(readings).map(([name, reading]) => [name, reading.replace(/[\s’、]/g, '')]),
  );
}

function soundOf({ folder, name }: { folder: string; name: string }): Wav {
  return decodeWav(readFileSync(`${soundFile(root, folder, name)}.wav`));
}

describe('the prompts of the hotline', () => {
  it('have a recording for every month, day, weekday, hour and minute that can be said', () => {
    for (const [name, first, last] of [
      ['month', 1, 12],
      ['day', 1, 31],
      ['weekday', 1, 7],
      ['hour', 0, 23],
      ['wait-minutes', 1, 30],
    ] as const) {
      const numbers = names
        .flatMap((known) => new RegExp(`^${name}-(\\d+)$`).exec(known)?.[1] ?? [])
        .map(Number);
      assert.deepEqual(
        numbers.sort((a, b) => a - b),
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
    }
    for (const hour of [0, 9, 23]) assert.ok(names.includes(`hour-${hour}-30`));
  });

  it('make a sentence of the parts of the next opening, and of the wait', () => {
    const p = hotlinePrompts;
    assert.equal(
      [p['next-open'], p['month-11'], p['day-24'], p['weekday-2'], p['hour-10']].join(''),
      '次の受付は、11月24日火曜日、午前10時からです。',
    );
    assert.equal([p['wait-about'], p['wait-minutes-5']].join(''), 'お待ちいただく時間は、およそ、5分です。');
    assert.equal(p['wait-about'] + p['wait-long'], 'お待ちいただく時間は、およそ、30分以上の見込みです。');
  });

  it('make a sentence of what app_queue says around a number', () => {
    const p = hotlinePrompts;
    const eight = numberPrompts['8'];
    assert.equal(
      `${p['queue-thereare']}${eight}${p['queue-callswaiting']}`,
      'ただいま、おつなぎする順番は、はち番目です。',
    );
    assert.equal(
      `${p['queue-quantity1']}${eight}${p['queue-quantity2']}`,
      'ただいま、おつなぎする順番は、はち番目よりも、あとです。',
    );
  });

  it('tell whoever leaves a message, or waits, where help is when life is in danger', () => {
    for (const name of ['message-ask', 'queue-periodic-announce'] as const) {
      assert.match(hotlinePrompts[name], /119番か、110番へ/);
    }
  });

  it('ask for a key only after saying what it does', () => {
    for (const name of ['open-notice', 'callback-offer', 'callback-confirm', 'to-hotline-offer'] as const) {
      assert.match(hotlinePrompts[name], /(かたは|よろしければ|相談は)、(いち|きゅう)、を/);
    }
  });
});

describe('the recordings of the hotline', () => {
  const readings = readingsIn('ja/hotline');

  for (const [name, reading] of [
    ['month-4', 'シガツ'],
    ['month-7', 'ナナガツ'],
    ['month-9', 'クガツ'],
    ...[
      'ツイタチ',
      'フツカ',
      'ミッカ',
      'ヨッカ',
      'イツカ',
      'ムイカ',
      'ナノカ',
      'ヨーカ',
      'ココノカ',
      'トーカ',
    ].map((day, i) => [`day-${i + 1}`, day] as const),
    ['day-11', 'ジューイチニチ'],
    ['day-14', 'ジューヨッカ'],
    ['day-17', 'ジューナナニチ'],
    ['day-19', 'ジュークニチ'],
    ['day-20', 'ハツカ'],
    ['day-24', 'ニジューヨッカ'],
    ['day-27', 'ニジューナナニチ'],
    ['day-29', 'ニジュークニチ'],
    ['day-31', 'サンジューイチニチ'],
    ['hour-0', 'ゴゼンレージカラデス'],
    ['hour-4', 'ゴゼンヨジカラデス'],
    ['hour-9', 'ゴゼンクジカラデス'],
    ['hour-9-30', 'ゴゼンクジサンジュップンカラデス'],
    ['hour-12', 'オヒルノジューニジカラデス'],
    ['hour-13', 'ゴゴイチジカラデス'],
    ['hour-19', 'ゴゴナナジカラデス'],
    ...[
      'イップン',
      'ニフン',
      'サンプン',
      'ヨンプン',
      'ゴフン',
      'ロップン',
      'ナナフン',
      'ハップン',
      'キューフン',
    ].map((minutes, i) => [`wait-minutes-${i + 1}`, `${minutes}デス`] as const),
    ['wait-minutes-10', 'ジュップンデス'],
    ['wait-minutes-20', 'ニジュップンデス'],
    ['wait-minutes-21', 'ニジューイップンデス'],
    ['wait-minutes-30', 'サンジュップンデス'],
    ['next-open', 'ツギノウケツケワ'],
    ['queue-thereare', 'タダイマオツナギスルジュンバンワ'],
    ['queue-callswaiting', 'バンメデス'],
    ['queue-minutes', 'フン'],
    ['to-hotline-offer', 'キョジューシエンノソーダンワイチヲデンゴンワニーヲオシテクダサイ'],
  ] as const) {
    it(`say ${reading} in ${name}`, () => {
      assert.equal(readings[name], reading);
    });
  }

  it('nowhere say シチ, in whatever way a number is written', () => {
    const all = soundSets.flatMap(({ folder }) => Object.entries(readingsIn(folder)));
    assert.deepEqual(
      all.filter(([, reading]) => reading.includes('シチ')),
      [],
    );
  });

  it('have the reading of every text beside them', () => {
    for (const { folder, texts } of soundSets) {
      const known = readingsIn(folder);
      assert.deepEqual(
        Object.keys(texts).filter((name) => !known[name]),
        [],
      );
    }
  });

  it('are as long as their reading takes at a slow pace: nothing is cut off', () => {
    const digits = readingsIn('ja/digits');
    const odd = recorded.filter(({ folder, name }) => {
      const reading = (folder === 'ja/digits' ? digits : readings)[name] ?? '';
      const morae = reading.replace(/[ャュョァィゥェォ]/g, '').length;
      const secondsEach = durationSeconds(soundOf({ folder, name })) / morae;
      return secondsEach < 0.1 || secondsEach > 0.4;
    });
    assert.deepEqual(odd, []);
  });

  it('begin and end within a tenth of a second, and within a thirtieth in numbers, which are put together', () => {
    const late = recorded.filter(({ folder, name }) => {
      const sound = soundOf({ folder, name });
      const limit = folder === 'ja/digits' ? 1 / 30 : 0.12;
      const samples = toUnitScale(sound.samples);
      const peak = 10 ** (measureLevel(samples, sound.sampleRate).peakDbfs / 20);
      const heard = (sample: number) => Math.abs(sample) > peak / 250;
      const before = samples.findIndex(heard);
      const after = samples.length - 1 - samples.findLastIndex(heard);
      return Math.max(before, after) / sound.sampleRate > limit;
    });
    assert.deepEqual(late, []);
  });
});

describe('the numbers', () => {
  const readings = readingsIn('ja/digits');

  it('are all that Asterisk asks for up to 999', () => {
    const wanted = new Set(Array.from({ length: 1000 }, (_, number) => filesFor(number)).flat());
    assert.deepEqual([...wanted].sort(), Object.keys(numberPrompts).sort());
  });

  for (const [number, reading] of [
    [0, 'ゼロ'],
    [2, 'ニー'],
    [7, 'ナナ'],
    [14, 'ジューヨン'],
    [17, 'ジューナナ'],
    [24, 'ニジューヨン'],
    [40, 'ヨンジュー'],
    [79, 'ナナジューキュー'],
    [99, 'キュージューキュー'],
    [222, 'ニーヒャクニジューニー'],
  ] as const) {
    it(`say ${reading} for ${number}`, () => {
      assert.equal(
        filesFor(number)
          .map((name) => readings[name])
          .join(''),
        reading,
      );
    });
  }
});

/** How Asterisk 22 takes a number apart in Japanese, as it was watched doing for 0 to 999. */
function filesFor(number: number): string[] {
  if (number >= 100) {
    const rest = number % 100;
    return [String(Math.floor(number / 100)), 'hundred', ...(rest === 0 ? [] : filesFor(rest))];
  }
  if (number < 20) return [String(number)];
  const ones = number % 10;
  return [String(number - ones), ...(ones === 0 ? [] : [String(ones)])];
}
