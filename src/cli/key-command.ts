import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { KeyFileError, keyFileLookMs, makeKeyFile, newKey, replaceKeyFile } from '../storage/key-file.js';
import { KeyCheckStore } from '../storage/key-check-store.js';
import { PersonalValuesStore } from '../storage/personal-values-store.js';
import { renewValues } from '../storage/renew-values.js';
import {
  CommandError,
  terminal,
  withDatabase,
  type CommandWorld,
  type DatabaseTools,
} from './with-database.js';

/** Running services look at the key file this often: nothing is written with an older key after it. */
const settleMs = keyFileLookMs + 500;
const mostPasses = 5;

/** `genkidesu key`: the keys that personal data is encrypted with. */
export function keyCommand(world: CommandWorld = terminal, settle = () => wait(settleMs)): Command {
  const command = new Command('key').description('個人情報の鍵 / keys of the personal data');
  command
    .command('new')
    .description('make a key file that was not there, readable by its owner only')
    .argument('<file>', 'the file to make; PERSONAL_DATA_KEY_FILE names it then')
    .action((file: string) => makeNew(world, file));
  command
    .command('list')
    .description('show the keys, and how many values are encrypted with each')
    .action(() => withDatabase(world, (tools) => list(world, tools)));
  command
    .command('add')
    .description('only add a new key, for services on several machines: copy the file, then rotate')
    .action(() => withDatabase(world, (tools) => addKey(world, tools)));
  command
    .command('rotate')
    .description('add a new key and encrypt everything anew with it; goes on where it was broken off')
    .action(() => withDatabase(world, (tools) => rotate(world, tools, settle)));
  command
    .command('remove')
    .description('take a key out of the key file that no value needs any more')
    .argument('<id>', 'id of the key, as the list shows it')
    .action((id: string) => withDatabase(world, (tools) => remove(world, tools, id)));
  return command;
}

function makeNew(world: CommandWorld, file: string): void {
  const key = newKey(world.clock());
  try {
    makeKeyFile(file, [key]);
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    world.complain(`error: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  world.print(`鍵 ${key.id} を ${file} に作りました。PERSONAL_DATA_KEY_FILE=${file} と設定してください。`);
  world.print('なくすと、氏名も番号も二度と読めません。控えを、データの控えとは別の場所に取ってください。');
}

async function list(world: CommandWorld, { database, keys }: DatabaseTools): Promise<void> {
  const counts = await new PersonalValuesStore(database).countAllByKey();
  for (const { id } of keys.all()) {
    const role = id === keys.current().id ? '　いまの鍵 / current' : '';
    world.print(`${id}　${counts.get(id) ?? 0} 件${role}`);
    counts.delete(id);
  }
  for (const [id, count] of counts) {
    if (id !== '') world.print(`${id}　${count} 件　鍵ファイルにありません / not in the key file`);
  }
  const plain = counts.get('') ?? 0;
  if (plain > 0) world.print(`暗号化されていないもの　${plain} 件 / plain text`);
}

async function addKey(world: CommandWorld, { database, config, keys }: DatabaseTools): Promise<void> {
  const file = config.PERSONAL_DATA_KEY_FILE;
  if (file === undefined) {
    throw new CommandError(
      'the keys stand in PERSONAL_DATA_KEY itself: add one there behind a comma, as "genkidesu key new FILE" makes it, ' +
        'restart the service, and run "genkidesu key rotate"; or put them into a file and name it in PERSONAL_DATA_KEY_FILE',
    );
  }
  const key = newKey(world.clock());
  // The file first: a key that only the database knew would keep every service from starting.
  replaceKeyFile(file, [...keys.all(), key]);
  await new KeyCheckStore(database).note(key, world.clock());
  world.print(`新しい鍵 ${key.id} を ${file} に加えました。控えも取り直してください。`);
}

async function rotate(world: CommandWorld, tools: DatabaseTools, settle: () => Promise<void>): Promise<void> {
  const { database, codec, keys } = tools;
  const store = new PersonalValuesStore(database);
  const olderThan = async (currentId: string): Promise<string[]> =>
    [...(await store.countAllByKey()).keys()].filter((id) => id !== currentId);
  // A key that is lost opens nothing any more, and must not stand in the way of a new one.
  const unfinished = (await olderThan(keys.current().id)).filter((id) => keys.find(id) !== undefined);
  if (unfinished.length === 0) await addKey(world, tools);
  else world.print(`鍵 ${keys.current().id} への切り替えが途中です。続けます。`);
  await settle();

  keys.all();
  const currentId = keys.current().id;
  let unreadable: string[] = [];
  for (let pass = 1; pass <= mostPasses; pass++) {
    const done = await renewValues({
      store,
      codec,
      wants: (keyId) => keyId !== currentId,
      onTable: (table, renewed) => renewed > 0 && world.print(`${table}　${renewed} 件`),
    });
    unreadable = done.unreadable;
    // A service may have written with its older key until it looked at the file.
    if (unreadable.length > 0 || (await olderThan(currentId)).length === 0) break;
    await settle();
  }
  await report(world, tools, store, unreadable);
}

async function report(
  world: CommandWorld,
  { keys }: DatabaseTools,
  store: PersonalValuesStore,
  unreadable: readonly string[],
): Promise<void> {
  const counts = await store.countAllByKey();
  const currentId = keys.current().id;
  for (const { id } of keys.all().filter((key) => key.id !== currentId)) {
    const count = counts.get(id) ?? 0;
    world.print(
      count === 0
        ? `鍵 ${id} は、もうどこにも使われていません。genkidesu key remove ${id} で外せます。`
        : `鍵 ${id} は、まだ ${count} 件に使われています。もう一度 genkidesu key rotate を。`,
    );
  }
  world.print(`鍵 ${currentId}　${counts.get(currentId) ?? 0} 件`);
  if (unreadable.length > 0) {
    const where = [...new Set(unreadable)].join('、');
    throw new CommandError(`${unreadable.length} values cannot be read and were left as they are: ${where}`);
  }
}

async function remove(
  world: CommandWorld,
  { database, config, keys }: DatabaseTools,
  id: string,
): Promise<void> {
  if (!keys.find(id)) throw new CommandError(`there is no key ${id} in the key file`);
  if (keys.current().id === id)
    throw new CommandError(`${id} is the current key: run "genkidesu key rotate" first`);
  const count = (await new PersonalValuesStore(database).countAllByKey()).get(id) ?? 0;
  if (count > 0) {
    throw new CommandError(`${count} values still need the key ${id}: run "genkidesu key rotate" first`);
  }
  const file = config.PERSONAL_DATA_KEY_FILE;
  if (file === undefined)
    throw new CommandError(`no value needs the key ${id}: take it out of PERSONAL_DATA_KEY yourself`);
  await new KeyCheckStore(database).forget(id);
  replaceKeyFile(
    file,
    keys.all().filter((key) => key.id !== id),
  );
  world.print(`鍵 ${id} を外しました。切り替える前のデータの控えを読むには、この鍵の控えがまだ要ります。`);
}
