import assert from 'node:assert/strict';
import { bad, coded, good, warning, type Finding } from '../../src/doctor/findings.js';
import { takeFindings, worstFirst, type Watched } from '../../src/watch/watched.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 0, minute));
const disk = {
  good: coded('disk', good('ディスク', 'よい')),
  warning: coded('disk', warning('ディスク', '少ない', '消す')),
  bad: coded('disk', bad('ディスク', 'ない', '消す')),
};

describe('what is watched', () => {
  const known = (state: keyof typeof disk): Map<string, Watched> =>
    new Map([['disk', { ...disk[state], code: 'disk', since: at(0) }]]);

  for (const [what, before, findings, changes, since] of [
    ['is well at the first look', new Map(), [disk.good], [], at(1)],
    ['is bad at the first look', new Map(), [disk.bad], [['disk', undefined, 'bad']], at(1)],
    ['stays bad', known('bad'), [disk.bad], [], at(0)],
    ['grows worse', known('warning'), [disk.bad], [['disk', 'warning', 'bad']], at(1)],
    ['is well again', known('bad'), [disk.good], [['disk', 'bad', 'good']], at(1)],
    [
      'is told twice, the worse way last',
      known('good'),
      [disk.good, disk.bad],
      [['disk', 'good', 'bad']],
      at(1),
    ],
    [
      'is told twice, the worse way first',
      known('good'),
      [disk.bad, disk.good],
      [['disk', 'good', 'bad']],
      at(1),
    ],
  ] as const satisfies readonly (readonly [
    string,
    ReadonlyMap<string, Watched>,
    readonly Finding[],
    readonly (readonly [string, Finding['state'] | undefined, Finding['state']])[],
    Date,
  ])[]) {
    it(`${what}: that is ${changes.length === 0 ? 'no news' : 'told'}`, () => {
      const taken = takeFindings(before, findings, at(1));
      assert.deepEqual(
        taken.changes.map(({ code, from, to }) => [code, from, to]),
        changes,
      );
      assert.deepEqual(taken.states.get('disk')?.since, since);
    });
  }

  it('takes no notice of findings without a code, and forgets what nobody tells any more', () => {
    const { states, changes } = takeFindings(known('bad'), [bad('other', '', '')], at(1));
    assert.deepEqual([states.size, changes], [0, []]);
  });

  it('shows the worst first', () => {
    const list = [disk.good, disk.bad, disk.warning].map((one, index) => ({
      ...one,
      code: String(index),
      since: at(0),
    }));
    assert.deepEqual(
      worstFirst(list).map(({ state }) => state),
      ['bad', 'warning', 'good'],
    );
  });
});
