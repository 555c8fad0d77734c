import type { LiveBoard } from './use-board';

/** The service sends at least one board a second: after three without any, what is shown is not the present. */
export const staleAfterMs = 3000;

/** How long ago the board came that is shown. */
export function ageOf({ cameAt }: LiveBoard, tick: number): number {
  return Math.max(0, tick - cameAt);
}

export function isStale(board: LiveBoard, tick: number): boolean {
  return board.view !== undefined && ageOf(board, tick) > staleAfterMs;
}
