import type { PictureView } from '../hotline/picture-view.js';
import { alertsLight, alertsTile, type AlertFacts, type AlertsTile } from './alerts-tile.js';
import { callsTile, type CallsTile, type LiveCallFacts } from './calls-tile.js';
import { dayProgress, type DayFacts, type DayProgress } from './day-progress.js';
import { hotlineLight, hotlineTile, type HotlineFigures, type HotlineTile } from './hotline-tile.js';
import { lightUpTo, worstLight, type Light } from './light.js';
import type { TileName, WallboardSettings } from './wallboard-settings.js';

/** Lines to the telephone network: all tenants share them. */
export interface TrunkFacts {
  id: string;
  checkIns: number;
  hotline: number;
  cap: number;
}

/** What the service hangs on. */
export const linkNames = ['database', 'ari', 'ami', 'queues', 'lease', 'trunk', 'mail'] as const;
/** `dialling` stands among them only while it is held. */
export type LinkName = (typeof linkNames)[number] | 'dialling';

export interface LinkFacts {
  name: LinkName;
  ok: boolean;
  since: Date | undefined;
}

/** Where no mail server is set, none can be down. */
export function mailLink({
  configured,
  failing,
}: {
  configured: boolean;
  failing?: { kind: string; since: Date };
}): LinkFacts[] {
  const down = failing?.kind === 'down' ? failing : undefined;
  return configured ? [{ name: 'mail', ok: !down, since: down?.since }] : [];
}

/** What a board is made of; each source as it was read last, undefined when it never was. */
export interface WallboardFacts {
  organization: { id: number; name: string; timeZone: string };
  settings: WallboardSettings;
  /** Whether who looks may see people's names. */
  showsNames: boolean;
  day: DayFacts | undefined;
  alerts: AlertFacts | undefined;
  calls: readonly LiveCallFacts[];
  trunks: readonly TrunkFacts[];
  /** Undefined when the hotline knows nothing of this tenant. */
  picture: PictureView | undefined;
  figures: HotlineFigures | undefined;
  links: { list: readonly LinkFacts[]; readAt: Date } | undefined;
}

export const sourceNames = ['checkIns', 'alerts', 'hotline', 'figures', 'links'] as const;
export type SourceName = (typeof sourceNames)[number];

export interface SourceView {
  name: SourceName;
  /** ISO 8601; null when it was never read. */
  readAt: string | null;
  /** Too old to go by. */
  stale: boolean;
}

/** The whole board of one tenant at one moment; it replaces the one before. Moments are ISO 8601. */
export interface WallboardView {
  asOf: string;
  organization: { id: number; name: string; timeZone: string };
  /** False: people are initials or numbers, counsellors extensions. */
  showsNames: boolean;
  tiles: TileName[];
  lights: Record<TileName, Light>;
  progress: DayProgress | null;
  alerts: AlertsTile | null;
  calls: CallsTile;
  trunks: (TrunkFacts & { light: Light })[];
  /** Null: this tenant has no line. */
  hotline: HotlineTile | null;
  links: { name: LinkName; ok: boolean; since: string | null }[];
  sources: SourceView[];
}

/** After so many seconds without a fresh look, what a source told is old. */
const patienceSeconds: Readonly<Record<SourceName, number>> = {
  checkIns: 20,
  alerts: 20,
  hotline: 20,
  figures: 30,
  links: 20,
};

/** Makes the board that one kind of viewer of a tenant sees at this moment. */
export function viewWallboard(facts: WallboardFacts, now: Date): WallboardView {
  const { organization, settings, showsNames } = facts;
  const { limits } = settings;
  const progress = facts.day ? dayProgress(facts.day) : null;
  const alerts = facts.alerts ? alertsTile(facts.alerts, limits, now) : null;
  const hotline =
    (facts.picture && hotlineTile(facts.picture, facts.figures, limits, showsNames, now)) ?? null;
  const trunks = facts.trunks.map((trunk) => ({
    ...trunk,
    light: lightUpTo((trunk.checkIns + trunk.hotline) / Math.max(1, trunk.cap), limits.channels),
  }));
  const sources = sourcesOf(facts, now);
  const links = facts.links?.list ?? [];
  return {
    asOf: now.toISOString(),
    organization,
    showsNames,
    tiles: settings.tiles,
    lights: {
      unknown: progress ? lightUpTo(progress.overdue, limits.overdueUnknown) : 'none',
      // Well or not is no question of a limit: each figure speaks for itself.
      results: 'none',
      alerts: alerts ? alertsLight(alerts) : 'none',
      calls: worstLight(trunks.map(({ light }) => light)),
      hotline: hotline ? hotlineLight(hotline) : 'none',
      counsellors: hotline ? counsellorsLight(hotline) : 'none',
      links: linksLight(links, sources),
    },
    progress,
    alerts,
    calls: callsTile(facts.calls, showsNames, settings.standIn),
    trunks,
    hotline,
    links: links.map(({ name, ok, since }) => ({ name, ok, since: since?.toISOString() ?? null })),
    sources,
  };
}

/** Somebody should be there while a line is open; a telephone that cannot be reached is a fault of ours. */
function counsellorsLight({ counsellors, lines }: HotlineTile): Light {
  const isThere = counsellors.some(({ state }) => !['away', 'paused', 'unreachable'].includes(state));
  if (lines.some(({ open }) => open) && !isThere) return 'red';
  return counsellors.some(({ state }) => state === 'unreachable') ? 'yellow' : 'green';
}

function linksLight(links: readonly LinkFacts[], sources: readonly SourceView[]): Light {
  if (links.some(({ ok }) => !ok)) return 'red';
  return sources.some(({ stale }) => stale) ? 'yellow' : 'green';
}

function sourcesOf(facts: WallboardFacts, now: Date): SourceView[] {
  const { day, alerts, picture, figures, links } = facts;
  const hasLines = picture !== undefined && picture.lines.length > 0;
  const read: Record<SourceName, Date | undefined> = {
    checkIns: day?.readAt,
    alerts: alerts?.readAt,
    // The queues tell every change by themselves: as long as they are heard, they are of this moment.
    hotline: picture?.heard === true ? now : undefined,
    figures: figures?.readAt,
    links: links?.readAt,
  };
  return sourceNames
    .filter((name) => hasLines || (name !== 'hotline' && name !== 'figures'))
    .map((name) => {
      const readAt = read[name];
      const age = readAt ? (now.getTime() - readAt.getTime()) / 1000 : Infinity;
      return { name, readAt: readAt?.toISOString() ?? null, stale: age > patienceSeconds[name] };
    });
}
