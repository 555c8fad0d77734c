import type { Clock } from '../clock.js';
import { CountStore } from '../consultations/count-store.js';
import type { Database } from '../storage/database.js';
import { FigureFactsStore } from './figure-facts-store.js';
import { FiguresReader } from './figures-reader.js';
import { MonthSumStore } from './month-sum-store.js';
import { TargetStore } from './target-store.js';

export interface FiguresModule {
  facts: FigureFactsStore;
  sums: MonthSumStore;
  targets: TargetStore;
  reader: FiguresReader;
}

/** Everything about figures, put together for the composition root and the commands. */
export function createFigures({ database, clock }: { database: Database; clock: Clock }): FiguresModule {
  const facts = new FigureFactsStore(database);
  const sums = new MonthSumStore(database);
  const targets = new TargetStore(database);
  const counts = new CountStore(database);
  return { facts, sums, targets, reader: new FiguresReader({ facts, sums, counts, targets, clock }) };
}
