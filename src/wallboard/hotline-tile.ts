import type { Kpi, KpiName } from '../hotline/kpis.js';
import type { CounsellorState, PictureView } from '../hotline/picture-view.js';
import { lightDownTo, lightUpTo, worstLight, type Light } from './light.js';
import type { Limits } from './wallboard-settings.js';

/** Today's figures of a tenant's lines. */
export interface HotlineFigures {
  /** By the line's id. */
  lines: ReadonlyMap<number, Record<KpiName, Kpi>>;
  /** When those who wait to be phoned are to be phoned at the latest. */
  callBacksDueAt: readonly Date[];
  readAt: Date;
}

export interface HotlineLineView {
  lineId: number;
  name: string;
  open: boolean;
  /** ISO 8601. */
  opensAt: string | null;
  waiting: number;
  /** Shares from 0 to 1, with the rule that they were made by. */
  serviceLevel: { value: number | null; formula: string; light: Light };
}

export interface CounsellorOnBoard {
  extension: string;
  /** The name; the extension where no names are shown. */
  label: string;
  state: CounsellorState;
  since: string | null;
  /** Why they pause; empty where no names are shown. */
  reason: string;
}

export interface HotlineTile {
  /** False: the exchange can't be heard, and the queues are old. */
  heard: boolean;
  waiting: number;
  waitingLight: Light;
  /** Since when the one waits who has waited longest. */
  longestWaitSince: string | null;
  longestWaitLight: Light;
  urgent: number;
  answered: number | null;
  lost: number | null;
  lostLight: Light;
  /** What counts as lost. */
  lostFormula: string;
  callBacks: { open: number; late: number; light: Light } | null;
  lines: HotlineLineView[];
  counsellors: CounsellorOnBoard[];
}

/** Those whom a supervisor looks for come first. */
const stateOrder: readonly CounsellorState[] = [
  'unreachable',
  'ringing',
  'talking',
  'wrapUp',
  'free',
  'paused',
  'away',
];

/** The hotline of one tenant: who waits, who is there, how the day goes; undefined when it has no line. */
export function hotlineTile(
  picture: PictureView,
  figures: HotlineFigures | undefined,
  limits: Limits,
  showsNames: boolean,
  now: Date,
): HotlineTile | undefined {
  if (picture.lines.length === 0) return undefined;
  const waiting = picture.lines.flatMap((line) => line.waiting);
  const [longest] = waiting.map(({ joinedAt }) => joinedAt).sort();
  const waited = longest === undefined ? 0 : (now.getTime() - new Date(longest).getTime()) / 1000;
  const sum = (name: KpiName): number | null =>
    figures ? [...figures.lines.values()].reduce((total, kpis) => total + (kpis[name].value ?? 0), 0) : null;
  const lost = sum('abandoned');
  const [anyLine] = figures?.lines.values() ?? [];
  return {
    heard: picture.heard,
    waiting: waiting.length,
    waitingLight: lightUpTo(waiting.length, limits.waiting),
    longestWaitSince: longest ?? null,
    longestWaitLight: lightUpTo(Math.max(0, waited), limits.waitSeconds),
    urgent: waiting.filter(({ urgent }) => urgent).length,
    answered: sum('answered'),
    lost,
    lostLight: lightUpTo(lost, limits.lost),
    lostFormula: anyLine?.abandoned.formula ?? '',
    callBacks: figures ? callBacksOf(figures.callBacksDueAt, limits, now) : null,
    lines: picture.lines.map(({ lineId, name, open, opensAt, waiting: ofLine }) => {
      const level = figures?.lines.get(lineId)?.serviceLevel;
      const value = level?.value ?? null;
      const light = lightDownTo(value, limits.serviceLevel);
      const serviceLevel = { value, formula: level?.formula ?? '', light };
      return { lineId, name, open, opensAt, waiting: ofLine.length, serviceLevel };
    }),
    counsellors: picture.counsellors
      .map(({ extension, name, state, since, reason }) => ({
        extension,
        label: showsNames ? name : extension,
        state,
        since,
        reason: showsNames ? reason : '',
      }))
      .sort(
        (one, other) =>
          stateOrder.indexOf(one.state) - stateOrder.indexOf(other.state) ||
          (one.extension < other.extension ? -1 : 1),
      ),
  };
}

function callBacksOf(dueAt: readonly Date[], limits: Limits, now: Date): HotlineTile['callBacks'] {
  const late = dueAt.filter((due) => due < now).length;
  return { open: dueAt.length, late, light: lightUpTo(late, limits.callBacksLate) };
}

/** The light of the whole tile. */
export function hotlineLight(tile: HotlineTile): Light {
  const { waitingLight, longestWaitLight, lostLight, callBacks, lines } = tile;
  const levels = lines.map(({ serviceLevel }) => serviceLevel.light);
  return worstLight([waitingLight, longestWaitLight, lostLight, callBacks?.light ?? 'none', ...levels]);
}
