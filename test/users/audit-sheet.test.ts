import assert from 'node:assert/strict';
import { auditSheet } from '../../src/users/audit-sheet.js';

const at = new Date('2026-11-24T03:00:00Z');

describe('the sheet of the access log', () => {
  const sheet = auditSheet(
    [
      {
        ...{ id: 1, at, userId: 2, userName: '=HYPERLINK("x")', userRole: 'station', organizationId: 1 },
        ...{
          what: 'changed',
          detail: 'station.edit',
          subject: 'station',
          subjectId: 7,
          reason: '"理由"',
          address: '',
        },
        changes: [{ field: 'name', from: 'a', to: 'b' }, { field: 'closedDays' }],
      },
    ],
    { zone: 'Asia/Tokyo', by: '監査 花子', at },
  );
  const lines = sheet.trimEnd().split('\r\n');

  it('is marked at both ends with who took it out, and when', () => {
    for (const line of [lines[0], lines.at(-1)])
      assert.match(line ?? '', /監査 花子 が 2026-11-24 12:00:00 に書き出し/);
  });

  it('tells which fields were changed, and lets no cell be a formula', () => {
    assert.equal(
      lines[2],
      '"2026-11-24 12:00:00","\'=HYPERLINK(""x"")","changed","station.edit","station","7","name closedDays","""理由""",""',
    );
  });
});
