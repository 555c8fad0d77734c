import { z } from 'zod';

/** What a board can show, in the order of a new tenant's board. */
export const tileNames = [
  'unknown',
  'results',
  'alerts',
  'calls',
  'hotline',
  'counsellors',
  'links',
] as const;
export type TileName = (typeof tileNames)[number];

/** `initials` of the reading, or the member's number: what stands for people where no names are shown. */
export const standIns = ['initials', 'memberNumbers'] as const;
export type StandIn = (typeof standIns)[number];

const count = z.number().int().min(1).max(10_000).nullable();
const share = z.number().gt(0).max(1).nullable();
const minutes = z.number().int().min(1).max(10_080).nullable();

/** From here on a figure is red; null: it never is. */
const limitsSchema = z.object({
  /** People of whom nothing is known although their time has come. */
  overdueUnknown: count,
  /** Open alerts. */
  openAlerts: count,
  /** Age of the oldest open alert. */
  alertMinutes: minutes,
  /** Callers who wait. */
  waiting: count,
  /** The longest wait. */
  waitSeconds: z.number().int().min(5).max(86_400).nullable(),
  /** Calls that were lost today. */
  lost: count,
  /** Below this share the service level is red. */
  serviceLevel: share,
  /** Call-backs and messages whose time has passed. */
  callBacksLate: count,
  /** Share of the lines in use. */
  channels: share,
});

/** What a tenant's board shows, and from where on its figures are yellow and red. */
export const wallboardSettingsSchema = z.object({
  tiles: z
    .array(z.enum(tileNames))
    .min(1, 'at least one tile')
    .refine((tiles) => new Set(tiles).size === tiles.length, 'each tile once'),
  limits: limitsSchema,
  standIn: z.enum(standIns),
});

export type WallboardSettings = z.infer<typeof wallboardSettingsSchema>;
export type Limits = WallboardSettings['limits'];

/** Red as hotlines usually have it: two minutes of waiting, a service level below 60 %. */
export const usualSettings: WallboardSettings = {
  tiles: [...tileNames],
  limits: {
    overdueUnknown: 20,
    openAlerts: 10,
    alertMinutes: 60,
    waiting: 3,
    waitSeconds: 120,
    lost: 5,
    serviceLevel: 0.6,
    callBacksLate: 1,
    channels: 0.95,
  },
  standIn: 'initials',
};
