import { findAsterisk } from '../testbed/find-asterisk.js';
import { openStage, type Stage } from '../testbed/stage.js';
import { makeTemporaryFolder } from '../testbed/temporary-folder.js';

/** Measures on a stage and in a town of its own, of which nothing is left afterwards. */
export async function onBenchStage<Town extends { database: { destroy(): Promise<void> } }, Result>(
  channelCap: number,
  openTown: (stage: Stage) => Promise<Town>,
  measure: (stage: Stage, town: Town) => Promise<Result>,
): Promise<Result> {
  const folder = makeTemporaryFolder('bench');
  const stage = await openStage(await findAsterisk(), folder.path, { channelCap });
  try {
    const town = await openTown(stage);
    try {
      return await measure(stage, town);
    } finally {
      await town.database.destroy();
    }
  } finally {
    await stage.close();
    await folder.remove();
  }
}
