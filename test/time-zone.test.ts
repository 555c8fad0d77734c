import { equal } from 'node:assert/strict';
import { DateTime } from 'luxon';
import { zoneNamed } from '../src/time-zone.js';

describe('zones that remember their offsets', () => {
  for (const name of [
    'Asia/Tokyo',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  ]) {
    it(`agrees with luxon's own ${name} around every change of the clocks of a year`, () => {
      const zone = zoneNamed(name);
      const start = Date.parse('2026-01-01T00:00:00Z');
      for (let minute = 0; minute < 365 * 24 * 60; minute += 61) {
        const at = start + minute * 60_000;
        // Asked twice: from the system, and as remembered.
        for (let time = 0; time < 2; time++)
          equal(zone.offset(at), DateTime.fromMillis(at, { zone: name }).offset);
      }
    }).timeout(20_000);
  }

  it('says of an unknown name that it is none', () => {
    equal(zoneNamed('Nowhere/Atall').isValid, false);
    equal(DateTime.fromISO('2026-11-23', { zone: zoneNamed('Nowhere/Atall') }).isValid, false);
  });
});
