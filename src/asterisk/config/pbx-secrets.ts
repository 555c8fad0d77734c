import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  ariPassword: z.string().min(16),
  amiPassword: z.string().min(16),
  lookupKey: z.string().min(16),
});

export type PbxSecrets = z.infer<typeof schema>;

/** The passwords of an instance: made once, kept in its folder for its owner's eyes only, the same ever after. */
export function pbxSecrets(instanceDir: string): PbxSecrets {
  const file = join(instanceDir, 'secrets.json');
  if (existsSync(file)) return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secret = (): string => randomBytes(24).toString('base64url');
  const secrets = { ariPassword: secret(), amiPassword: secret(), lookupKey: secret() };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' });
  return secrets;
}
