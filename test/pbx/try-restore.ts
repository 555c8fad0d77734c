import { playRestore } from '../support/restore-play.js';

/** The same play as the test's, for those who want to see it: prints what came of it as one line of JSON. */
const play = await playRestore();
process.stdout.write(`${JSON.stringify(play)}\n`);
const { ledgerIdentical, dialledWhileHeld, calledTwice, forgotten } = play;
process.exitCode = ledgerIdentical && dialledWhileHeld + calledTwice + forgotten === 0 ? 0 : 1;
