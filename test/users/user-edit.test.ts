import assert from 'node:assert/strict';
import type { Role } from '../../src/users/permissions.js';
import {
  editedParts,
  endsSessions,
  fittedEdit,
  missingFor,
  staysAtHome,
  type UserEdit,
} from '../../src/users/user-edit.js';

const hana: UserEdit = { name: '花', role: 'station', stationIds: [12, 9], counsellorId: undefined };

describe('an edited account', () => {
  for (const [role, stationIds, counsellorId] of [
    ['station', [9, 12], undefined],
    ['counsellor', [], 7],
    ['supervisor', [], 7],
    ['auditor', [], undefined],
    ['tenantAdmin', [], undefined],
  ] as const) {
    it(`of a ${role} keeps what goes with it`, () => {
      const fitted = fittedEdit({ name: '花', role, stationIds: [12, 9, 12], counsellorId: 7 });
      assert.deepEqual(fitted, { name: '花', role, stationIds, counsellorId });
    });
  }

  it('lacks something when a station has none, or nobody knows which counsellor it is', () => {
    const missing = (role: Role) => missingFor({ ...hana, role, stationIds: [] });
    assert.equal(missing('station'), 'stations');
    assert.equal(missing('counsellor'), 'counsellor');
    assert.equal(missing('supervisor'), undefined);
    assert.equal(missingFor(hana), undefined);
  });

  for (const [what, change, parts, ends] of [
    ['nothing', {}, [], false],
    ['the order of stations', { stationIds: [9, 12] }, [], false],
    ['the name', { name: '華' }, ['name'], false],
    ['a station more', { stationIds: [9, 12, 13] }, ['stations'], true],
    ['the role', { role: 'auditor' }, ['role'], true],
    [
      'all',
      { name: 'A', role: 'counsellor', stationIds: [], counsellorId: 7 },
      ['name', 'role', 'stations', 'counsellor'],
      true,
    ],
  ] as const) {
    it(`that differs in ${what} ${ends ? 'ends' : 'leaves'} the sessions`, () => {
      const found = editedParts(hana, { ...hana, ...change });
      assert.deepEqual(found, parts);
      assert.equal(endsSessions(found), ends);
    });
  }

  it('makes nobody an operator who was none, nor the other way round', () => {
    assert.deepEqual([staysAtHome('operator', 'operator'), staysAtHome('auditor', 'station')], [true, true]);
    assert.deepEqual(
      [staysAtHome('operator', 'auditor'), staysAtHome('tenantAdmin', 'operator')],
      [false, false],
    );
  });
});
