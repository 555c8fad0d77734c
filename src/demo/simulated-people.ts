import type { AlertReason } from '../checkins/retry-policy.js';

/** One kind of person of the simulated town: dialplan/simulated-people.conf plays what is said here. */
export interface SimulatedPerson {
  /** Sixth and seventh digit of the number 04739 BB NNN. */
  code: string;
  behaviour: string;
  /** What must become of the check-in. */
  ends: { kind: 'ok' } | { kind: 'alert'; reason: AlertReason };
  /** Keys that the person sends in each call, in the carrier's record; one entry a call. */
  keysPerCall: readonly string[];
  /** Keys that must stand in our database for all calls together: without `*` and a trembling finger's second press. */
  keysKept: string;
}

const ok = { kind: 'ok' } as const;
const alert = (reason: AlertReason): { kind: 'alert'; reason: AlertReason } => ({ kind: 'alert', reason });

/** With two misses allowed, as in the demo's policies. */
export const simulatedPeople: readonly SimulatedPerson[] = [
  { code: '01', behaviour: '元気（1を押す）', ends: ok, keysPerCall: ['1'], keysKept: '1' },
  { code: '02', behaviour: '少し心配（2を押す）', ends: alert('unwell'), keysPerCall: ['2'], keysKept: '2' },
  {
    code: '03',
    behaviour: '電話がほしい（3を押す）',
    ends: alert('contactRequested'),
    keysPerCall: ['3'],
    keysKept: '3',
  },
  { code: '04', behaviour: 'もう一度聞いてから1', ends: ok, keysPerCall: ['01'], keysKept: '01' },
  { code: '05', behaviour: 'ちがう番号のあとで1', ends: ok, keysPerCall: ['71'], keysKept: '71' },
  {
    code: '06',
    behaviour: '出るが何も押さない',
    ends: alert('noResponse'),
    keysPerCall: ['', ''],
    keysKept: '',
  },
  { code: '07', behaviour: 'すぐに切る', ends: alert('hungUpEarly'), keysPerCall: [''], keysKept: '' },
  { code: '08', behaviour: 'いつも話中', ends: alert('noResponse'), keysPerCall: ['', ''], keysKept: '' },
  { code: '09', behaviour: '出ない', ends: alert('noResponse'), keysPerCall: ['', ''], keysKept: '' },
  { code: '10', behaviour: '留守番電話', ends: alert('noResponse'), keysPerCall: ['', ''], keysKept: '' },
  { code: '11', behaviour: '通話録音装置のあとで1', ends: ok, keysPerCall: ['1'], keysKept: '1' },
  { code: '12', behaviour: '＊のあとで1（ダイヤル回線）', ends: ok, keysPerCall: ['*1'], keysKept: '1' },
  { code: '13', behaviour: '音声の中の番号の音で1', ends: ok, keysPerCall: ['1'], keysKept: '1' },
  {
    code: '14',
    behaviour: '使われていない番号',
    ends: alert('numberInvalid'),
    keysPerCall: [''],
    keysKept: '',
  },
  { code: '15', behaviour: '1回目は回線の障害（503）', ends: ok, keysPerCall: ['', '1'], keysKept: '1' },
  { code: '16', behaviour: '2を押しまちがえて1に直す', ends: ok, keysPerCall: ['21'], keysKept: '21' },
  { code: '17', behaviour: '着信を拒否', ends: alert('noResponse'), keysPerCall: ['', ''], keysKept: '' },
  { code: '18', behaviour: '1回目は出ない、2回目に1', ends: ok, keysPerCall: ['', '1'], keysKept: '1' },
  { code: '19', behaviour: '1回目は話中、2回目に1', ends: ok, keysPerCall: ['', '1'], keysKept: '1' },
  { code: '21', behaviour: '指がふるえて1を2度押す', ends: ok, keysPerCall: ['1'], keysKept: '1' },
];

/** The person who owns a number of the simulated town, or undefined for any other number. */
export function personOf(number: string): SimulatedPerson | undefined {
  if (!/^04739\d{5}$/.test(number)) return undefined;
  return simulatedPeople.find((person) => person.code === number.slice(5, 7));
}

/** @param which 0 to 999: many people behave alike */
export function numberOf(code: string, which: number): string {
  return `04739${code}${String(which).padStart(3, '0')}`;
}
