import type { PictureView } from './picture-view.js';

/** A task as it comes in an answer: its moments are text there. */
export interface TaskOnScreen {
  id: number;
  lineId: number;
  kind: 'callBack' | 'message';
  pbxId: string;
  callId: string;
  number: string;
  dueAt: string;
  createdAt: string;
  state: 'open' | 'taken' | 'done' | 'otherChannel';
  ownerId?: number;
  failures: number;
  note: string;
}

/** What somebody at the desk must do now, the most pressing first. */
export type NowToDo =
  | { kind: 'unheard' }
  | { kind: 'rings' }
  | { kind: 'talks' }
  | { kind: 'waiting'; count: number; longestMs: number }
  | { kind: 'overdue'; count: number }
  | { kind: 'tasks'; callBacks: number; messages: number }
  | { kind: 'nothing' };

export interface WaitingCaller {
  callId: string;
  lineId: number;
  lineName: string;
  position: number;
  urgent: boolean;
  waitedMs: number;
}

/** Who waits on all lines, the longest first; urgent ones before all others. */
export function waitingCallers(picture: PictureView, now: Date): WaitingCaller[] {
  return picture.lines
    .flatMap(({ lineId, name, waiting }) =>
      waiting.map(({ callId, position, urgent, joinedAt }) => ({
        ...{ callId, lineId, lineName: name, position, urgent },
        waitedMs: Math.max(0, now.getTime() - Date.parse(joinedAt)),
      })),
    )
    .sort((one, other) => Number(other.urgent) - Number(one.urgent) || other.waitedMs - one.waitedMs);
}

/** By due time; what is mine before what is another's at the same moment. */
export function tasksInOrder(tasks: readonly TaskOnScreen[], ownId: number | undefined): TaskOnScreen[] {
  const rank = ({ ownerId }: TaskOnScreen): number => (ownerId === ownId ? 0 : ownerId === undefined ? 1 : 2);
  return [...tasks].sort(
    (one, other) =>
      Date.parse(one.dueAt) - Date.parse(other.dueAt) || rank(one) - rank(other) || one.id - other.id,
  );
}

/** What must be done now, as the first line of the desk says it. */
export function nowToDo({
  picture,
  extension,
  tasks,
  ownId,
  now,
}: {
  picture: PictureView | undefined;
  extension: string | undefined;
  tasks: readonly TaskOnScreen[];
  ownId: number | undefined;
  now: Date;
}): NowToDo[] {
  const found: NowToDo[] = [];
  if (!picture?.heard) found.push({ kind: 'unheard' });
  const state = picture?.counsellors.find((one) => one.extension === extension)?.state;
  if (state === 'ringing') found.push({ kind: 'rings' });
  if (state === 'talking') found.push({ kind: 'talks' });
  const waiting = picture ? waitingCallers(picture, now) : [];
  if (waiting.length > 0) {
    const longestMs = Math.max(...waiting.map(({ waitedMs }) => waitedMs));
    found.push({ kind: 'waiting', count: waiting.length, longestMs });
  }
  const mine = tasks.filter(({ ownerId }) => ownerId === undefined || ownerId === ownId);
  const overdue = mine.filter(({ dueAt }) => Date.parse(dueAt) < now.getTime());
  if (overdue.length > 0) found.push({ kind: 'overdue', count: overdue.length });
  const count = (kind: TaskOnScreen['kind']): number => mine.filter((one) => one.kind === kind).length;
  if (mine.length > 0)
    found.push({ kind: 'tasks', callBacks: count('callBack'), messages: count('message') });
  return found.length > 0 ? found : [{ kind: 'nothing' }];
}
