import { mkdirSync } from 'node:fs';
import { Command } from 'commander';
import { createApp } from '../app.js';
import { readConfig } from '../config.js';
import { createLog } from '../log.js';

/** `genkidesu serve`: the service itself, until it is told to end. */
export function serveCommand(): Command {
  return new Command('serve').description('見守り電話のサービスを動かす / run the service').action(serve);
}

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  mkdirSync(config.GENKIDESU_DATA, { recursive: true, mode: 0o700 });
  const log = createLog(config.LOG_LEVEL);
  const app = createApp({
    config,
    log,
    onFatal: (why) => {
      log.error({ event: 'service.fatal' }, why);
      process.exit(70);
    },
  });
  let stopping = false;
  const end = (signal: string): void => {
    // A second signal hangs up now: the next start settles what is left.
    if (stopping) process.exit(130);
    stopping = true;
    log.info({ event: 'service.stopping', signal }, 'no new calls; those in progress finish');
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ event: 'service.stop_failed', err: error }, 'the service did not end cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  await app.start();
  log.info({ event: 'service.started', pbxId: config.PBX_ID }, 'the service runs');
}
