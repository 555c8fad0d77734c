import { writeFile } from 'node:fs/promises';
import QRCode from 'qrcode';
import type { PhoneAccount } from '../hotline/phone-accounts.js';
import { CommandError, type CommandWorld } from './with-database.js';

export interface SheetOptions {
  server: string;
  port?: string;
  svg?: string;
}

/** Prints what a softphone has to be told, and the same as a QR code. The only place that shows the secret. */
export async function printSheet(
  world: CommandWorld,
  { extension, secret, outside }: PhoneAccount,
  { server, port = outside ? '5061' : '5060', svg }: SheetOptions,
): Promise<void> {
  if (!/^[A-Za-z0-9.:[\]-]+$/.test(server))
    throw new CommandError('--server: ホスト名かアドレスを書いてください。');
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535)
    throw new CommandError(`--port: ${port} はポートではありません。`);
  const transport = outside ? 'tls' : 'udp';
  const uri = `sip:${extension}:${secret}@${server}:${port};transport=${transport}`;
  for (const line of [
    `電話機の設定票（内線 ${extension}）`,
    `サーバー        ${server}`,
    `ポート          ${port}`,
    `接続方式        ${transport.toUpperCase()}${outside ? '（音声は SRTP）' : ''}`,
    `ユーザー名      ${extension}`,
    `パスワード      ${secret}`,
  ]) {
    world.print(line);
  }
  if (svg === undefined) {
    world.print(await QRCode.toString(uri, { type: 'utf8' }));
  } else {
    await writeFile(svg, await QRCode.toString(uri, { type: 'svg' }), { mode: 0o600 });
    world.print(`QR コード: ${svg}（持ち主だけが読めます）`);
  }
  world.print('この票は電話機に写したら処分してください。');
}
