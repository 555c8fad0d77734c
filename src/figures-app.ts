import type { ConsoleAppOptions, ConsolePart } from './console-app.js';
import { createFigures } from './figures/figures-module.js';
import { MonthKeeper } from './figures/month-keeper.js';
import { figuresRoutes } from './http/figures-router.js';

/** The part of the console that shows what came of a year. */
export function createFiguresApp({ database, users, clock, log }: ConsoleAppOptions): ConsolePart {
  const { facts, sums, targets, reader } = createFigures({ database, clock });
  const keeper = new MonthKeeper({ facts, sums, clock, log });
  return {
    routes: figuresRoutes({ reader, targets, users, clock }),
    start: () => keeper.start(),
    stop: () => keeper.stop(),
  };
}
