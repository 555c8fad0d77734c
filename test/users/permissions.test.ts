import assert from 'node:assert/strict';
import {
  decideAccess,
  mayDo,
  mayGiveRole,
  needsSecondFactor,
  permissions,
  permissionsOf,
  reachOf,
  roles,
  type Actor,
  type ActorRole,
  type Permission,
  type Scope,
} from '../../src/users/permissions.js';

/** Tenant 1 with stations 11 and 12; tenant 2 with station 21. */
const own: Scope = { organizationId: 1, stationId: 11, counsellorId: 101 };
const places: Readonly<Record<string, Scope>> = {
  own,
  'a neighbouring station': { organizationId: 1, stationId: 12, counsellorId: 102 },
  'another tenant': { organizationId: 2, stationId: 21, counsellorId: 201 },
  'the service itself': { organizationId: undefined },
};

function actor(role: ActorRole): Actor {
  const tenant = role === 'operator' || role === 'machine' || role === 'stranger' ? undefined : 1;
  return {
    role,
    organizationId: tenant,
    stationIds: role === 'station' ? [11] : [],
    counsellorId: role === 'counsellor' || role === 'supervisor' ? 101 : undefined,
  };
}

const everybody = [...roles, 'machine', 'screen', 'stranger'] as const;

describe('who may do what', () => {
  for (const [permission, who] of Object.entries({
    'ledger.see': 'tenantAdmin station auditor machine',
    'subscriber.see': 'tenantAdmin station auditor',
    'subscriber.edit': 'tenantAdmin station',
    'subscriber.import': 'tenantAdmin',
    'checkin.confirm': 'tenantAdmin station',
    'alert.handle': 'tenantAdmin station',
    'hotline.see': 'operator tenantAdmin counsellor supervisor auditor machine',
    'hotline.answer': 'counsellor supervisor machine',
    'hotline.listen': 'supervisor machine',
    'hotline.operate': 'machine',
    'call.follow': 'counsellor supervisor machine',
    'call.see': 'tenantAdmin counsellor supervisor auditor',
    'task.see': 'tenantAdmin counsellor supervisor machine',
    'task.handle': 'counsellor supervisor machine',
    'recording.play': 'supervisor',
    'message.play': 'counsellor supervisor',
    'card.see': 'tenantAdmin counsellor supervisor auditor',
    'card.edit': 'counsellor supervisor',
    'cardDesign.see': 'tenantAdmin supervisor auditor',
    'cardDesign.edit': 'tenantAdmin',
    'figures.see': 'operator tenantAdmin station counsellor supervisor auditor machine',
    'wallboard.see': 'operator tenantAdmin counsellor supervisor auditor machine screen',
    'wallboard.edit': 'operator tenantAdmin supervisor',
    'trunk.edit': 'operator',
    'health.see': 'operator auditor',
    'user.invite': 'operator tenantAdmin',
    'user.edit': 'operator tenantAdmin',
    'audit.see': 'operator tenantAdmin auditor',
  } satisfies Partial<Record<Permission, string>>)) {
    it(`${permission} is for ${who} at their own place`, () => {
      const found = everybody.filter((role) => mayDo(actor(role), permission as Permission, own));
      assert.deepEqual(
        found,
        everybody.filter((role) => who.split(' ').includes(role)),
      );
    });
  }

  it('lets no tenant into another, or into the service, by any permission', () => {
    const tenants = roles.filter((role) => role !== 'operator');
    for (const place of ['another tenant', 'the service itself']) {
      const scope = places[place] ?? own;
      const found = tenants.flatMap((role) =>
        permissions
          // The state of the machine is nobody's: an auditor may see it.
          .filter((permission) => permission !== 'health.see')
          .filter((permission) => mayDo(actor(role), permission, scope, 'a reason'))
          .map((permission) => `${role} ${permission} ${place}`),
      );
      assert.deepEqual(found, []);
    }
  });

  it('keeps a station at its own stations wherever it is about people', () => {
    const there = places['a neighbouring station'] ?? own;
    const found = permissions.filter((permission) => mayDo(actor('station'), permission, there));
    assert.deepEqual(found, ['organization.see', 'policy.see']);
  });

  it('lets nobody answer the telephone as somebody else', () => {
    const there = places['a neighbouring station'] ?? own;
    for (const role of ['counsellor', 'supervisor'] as const) {
      assert.equal(mayDo(actor(role), 'hotline.answer', own), true);
      assert.equal(mayDo(actor(role), 'hotline.answer', there), false);
    }
  });

  it('lets an auditor read and do nothing', () => {
    assert.deepEqual(
      permissionsOf('auditor').filter((permission) => !permission.endsWith('.see')),
      [],
    );
  });

  for (const permission of [
    'ledger.see',
    'checkin.see',
    'subscriber.see',
    'card.see',
    'call.see',
    'alert.see',
    'report.see',
  ] as const) {
    it(`shows the operator ${permission} of a tenant for a stated reason only`, () => {
      const { kind } = decideAccess(actor('operator'), permission, own, '  ');
      assert.equal(kind, 'reasonNeeded');
      assert.equal(mayDo(actor('operator'), permission, own, '市からの照会'), true);
    });
  }

  it('lets the operator change no person and no card', () => {
    const found = permissionsOf('operator').filter((one) =>
      /^(subscriber|card|checkin|alert|recording)\./.test(one),
    );
    assert.deepEqual(
      found.filter((one) => !one.endsWith('.see')),
      [],
    );
  });

  it('keeps the machine from accounts, cards, recordings, people and the trunk', () => {
    assert.deepEqual(
      permissionsOf('machine').filter((one) =>
        /^(user|audit|card|recording|message|subscriber|trunk)\./.test(one),
      ),
      [],
    );
  });

  it('lets a paired television see the board of its tenant, and nothing else', () => {
    assert.deepEqual(permissionsOf('screen'), ['wallboard.see']);
    const found = Object.keys(places).filter((place) =>
      mayDo(actor('screen'), 'wallboard.see', places[place] ?? own, 'a reason'),
    );
    assert.deepEqual(found, ['own', 'a neighbouring station']);
  });

  it('lets a stranger do nothing, with whatever reason', () => {
    assert.deepEqual(permissionsOf('stranger'), []);
    for (const permission of permissions)
      for (const scope of Object.values(places))
        assert.equal(mayDo(actor('stranger'), permission, scope, 'a reason'), false);
  });

  it('takes a user without an organization for nobody of any tenant', () => {
    const lost = { ...actor('tenantAdmin'), organizationId: undefined };
    assert.equal(mayDo(lost, 'user.invite', { organizationId: undefined }), false);
    assert.equal(mayDo(lost, 'subscriber.see', own), false);
  });

  it('has somebody for every permission, and tells a role that it is too little from a place that is too far', () => {
    for (const permission of permissions)
      assert.ok(
        everybody.some((role) => reachOf(role, permission)),
        permission,
      );
    const elsewhere = places['another tenant'] ?? own;
    assert.equal(decideAccess(actor('station'), 'trunk.edit', own).kind, 'notToThisRole');
    assert.equal(decideAccess(actor('station'), 'ledger.see', elsewhere).kind, 'outOfReach');
  });
});

describe('accounts', () => {
  it('of administrators need a second factor', () => {
    assert.deepEqual(roles.filter(needsSecondFactor), ['operator', 'tenantAdmin']);
  });

  it('are given by operators, and by tenant administrators but for operators', () => {
    const given = everybody.flatMap((giver) =>
      roles.filter((role) => mayGiveRole(giver, role)).map((role) => `${giver}>${role}`),
    );
    assert.deepEqual(given, [
      ...roles.map((role) => `operator>${role}`),
      ...roles.filter((role) => role !== 'operator').map((role) => `tenantAdmin>${role}`),
    ]);
  });
});
