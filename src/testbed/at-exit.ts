import { constants } from 'node:os';

const undos: (() => void)[] = [];
let listening = false;

/**
 * Runs `undo` when this process exits, last registered first: a child started inside a folder is
 * killed before the folder is removed. Only synchronous work is possible there.
 *
 * @returns a function that takes the registration back
 */
export function atExit(undo: () => void): () => void {
  if (!listening) {
    listening = true;
    process.on('exit', undoAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, exitUnlessHandled);
  }
  undos.push(undo);
  return () => {
    const index = undos.indexOf(undo);
    if (index >= 0) undos.splice(index, 1);
  };
}

/** A signal nobody handles (mocha does not) ends a process without its exit handlers. */
function exitUnlessHandled(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
}

function undoAll(): void {
  for (const undo of undos.splice(0).reverse()) {
    try {
      undo();
    } catch {
      // The process is going away: one thing that cannot be undone must not keep the others.
    }
  }
}
