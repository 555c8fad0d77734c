import type { Line } from '../hotline/line.js';
import { HotlineError, type LineStore } from '../hotline/line-store.js';
import { CommandError } from './with-database.js';

/**
 * The line of this name or slot.
 *
 * @throws CommandError when there is none, or several of the name, which it lists
 */
export async function findLine(store: LineStore, wanted: string): Promise<Line> {
  const lines = await store.all();
  const named = lines.filter(({ name }) => name === wanted);
  const [found, another] = named.length > 0 ? named : lines.filter(({ slot }) => String(slot) === wanted);
  const list = (some: readonly Line[]): string =>
    some.map(({ slot, name }) => `${slot}（${name}）`).join('、');
  if (another)
    throw new CommandError(`「${wanted}」という窓口は複数あります。番号で指定してください: ${list(named)}`);
  if (found) return found;
  throw new CommandError(
    `「${wanted}」という窓口はありません。${lines.length > 0 ? `あるのは: ${list(lines)}` : 'まだ一つもありません。'}`,
  );
}

/** What the store refuses, in words that name the option to change. */
export async function tellRefusal<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HotlineError)) throw error;
    throw new CommandError(refusals[error.code]);
  }
}

const refusals: Readonly<Record<HotlineError['code'], string>> = {
  noFreeSlot: '--slot: 窓口は32までです。空きがありません。',
  slotTaken: '--slot: この窓口番号はもう使われています。',
  nameTaken: 'name: この名前の窓口はもうあります。',
  numberTaken: 'number: この電話番号は別の窓口につながっています。',
  extensionTaken:
    '--extension: この内線番号は使われています（以前の相談員の記録が残るため、再利用できません）。',
};
