import { bad, good, warning, type Finding } from './findings.js';

/** What a certificate says of itself. */
export interface CertificateFacts {
  validFrom: Date;
  validTo: Date;
  /** Why a browser would refuse it, in TLS' own word, such as DEPTH_ZERO_SELF_SIGNED_CERT; undefined when it would not, or nobody asked. */
  problem?: string;
}

const dayMs = 86_400_000;
const soonDays = 21;
const lastDays = 3;

/** Warns while there is time to renew it: most are renewed by a machine a month before their end. */
export function judgeCertificate(
  what: string,
  { validFrom, validTo, problem }: CertificateFacts,
  now: Date,
  mend: string,
): Finding {
  const days = Math.floor((validTo.getTime() - now.getTime()) / dayMs);
  const until = validTo.toISOString().slice(0, 10);
  if (now >= validTo) return bad(what, `期限が切れています（${until} まで）`, mend);
  if (now < validFrom)
    return bad(
      what,
      `まだ有効ではありません（${validFrom.toISOString().slice(0, 10)} から）`,
      `機械の時計が正しいか確かめてください。${mend}`,
    );
  if (days < lastDays) return bad(what, `あと ${days} 日で期限が切れます（${until} まで）`, mend);
  if (days < soonDays) return warning(what, `あと ${days} 日で期限が切れます（${until} まで）`, mend);
  if (problem !== undefined) return warning(what, `ブラウザが信用しない証明書です（${problem}）`, mend);
  return good(what, `${until} まで有効（あと ${days} 日）`);
}
