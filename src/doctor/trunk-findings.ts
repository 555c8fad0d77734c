import { bad, good, type Finding } from './findings.js';

/** What Asterisk tells of the carrier's line. */
export interface TrunkFacts {
  /** Contact states, such as Reachable or NonQualified; undefined when there is no such endpoint. */
  contacts: readonly string[] | undefined;
  /** Registration states, such as Registered; empty when the line needs none. */
  registrations: readonly string[];
  /** Whether the carrier answered a REGISTER just now; Asterisk's own word is the same for a no and for silence. */
  isAnswered?: boolean;
}

export function isRegistered(status: string): boolean {
  return /^registered$/i.test(status);
}

export function judgeTrunk({ contacts, registrations, isAnswered = false }: TrunkFacts): Finding[] {
  const line = '回線（trunk）';
  if (contacts === undefined) {
    return [bad(line, 'Asterisk に trunk の設定がありません', 'pjsip.conf の [trunk] を確かめてください。')];
  }
  return [judgeContacts(line, contacts), judgeRegistrations('回線の登録', registrations, isAnswered)];
}

function judgeContacts(what: string, contacts: readonly string[]): Finding {
  const said = contacts.join('、');
  if (contacts.length === 0)
    return bad(what, '相手先がありません', 'pjsip.conf の aor に contact を書いてください。');
  // NonQualified: the carrier is not asked, as many carriers wish, and calls go out all the same.
  if (contacts.some((state) => /^(reachable|nonqualified|created|unknown)$/i.test(state)))
    return good(what, said);
  return bad(what, said, '通信事業者まで届きません。ネットワークと回線の契約を確かめてください。');
}

function judgeRegistrations(what: string, states: readonly string[], isAnswered: boolean): Finding {
  if (states.length === 0) return good(what, '登録は要りません');
  if (states.every(isRegistered)) return good(what, '登録済み');
  if (isAnswered)
    return bad(
      what,
      '通信事業者に断られました（利用者名かパスワードが違うか、契約が止まっています）',
      'trunk.json の registration の username と password を契約の書類と見比べ、直して genkidesu trunk apply を実行してください。通話は切れません。',
    );
  return bad(
    what,
    '通信事業者から答えがありません（パスワードの問題ではありません）',
    'trunk.json の host・port・domain・outboundProxy と、ネットワーク、ファイアウォール（UDP）、事業者の障害情報を確かめてください。',
  );
}
