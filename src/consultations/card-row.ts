import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { numberOfCard, type CardContent } from './card-fields.js';
import type { CallOfCard, Card, CardChannel, CardLine, CardState, Counsellor } from './card-view.js';
import type { Triage } from './triage.js';

/** A card's columns, with the names of the two counsellors beside them. */
export interface CardRow {
  id: number;
  organization_id: number;
  case_id: number | null;
  person_id: number | null;
  subscriber_id: number | null;
  state: CardState;
  version: number;
  channel: CardChannel;
  triage: Triage | null;
  received_at: number;
  received_by: number | null;
  content: string;
  saved_by: number | null;
  saved_at: number;
  finished_at: number | null;
  receiver_name: string | null;
  saver_name: string | null;
}

export function encodeContent(content: CardContent, codec: PersonalDataCodec): string {
  return codec.encode(JSON.stringify(content));
}

export function decodeContent(stored: string, codec: PersonalDataCodec): CardContent {
  // Empty: it was erased.
  return stored === '' ? {} : (JSON.parse(codec.decode(stored)) as CardContent);
}

/** The value by which cards of one number are found; empty when no number is known. */
export function lookupOfCard(content: CardContent, codec: PersonalDataCodec): string {
  const number = numberOfCard(content);
  return number === undefined ? '' : codec.lookup('number', number);
}

export function toCard(row: CardRow, calls: CallOfCard[], codec: PersonalDataCodec): Card {
  return {
    id: row.id,
    organizationId: row.organization_id,
    caseId: row.case_id ?? undefined,
    personId: row.person_id ?? undefined,
    subscriberId: row.subscriber_id ?? undefined,
    state: row.state,
    version: row.version,
    channel: row.channel,
    triage: row.triage ?? undefined,
    receivedAt: new Date(row.received_at),
    receivedBy: toCounsellor(row.received_by, row.receiver_name, codec),
    content: decodeContent(row.content, codec),
    savedBy: toCounsellor(row.saved_by, row.saver_name, codec),
    savedAt: new Date(row.saved_at),
    finishedAt: toInstant(row.finished_at),
    calls,
  };
}

export function toCardLine(row: CardRow, codec: PersonalDataCodec): CardLine {
  const { content, ...card } = toCard(row, [], codec);
  const { id, caseId, state, channel, triage, receivedAt, receivedBy } = card;
  return {
    ...{ id, caseId, state, channel, triage, receivedAt, receivedBy },
    name: content.principal?.name ?? '',
    kana: content.principal?.kana ?? '',
    mainTrouble: content.mainTrouble ?? undefined,
  };
}

export function toCounsellor(
  id: number | null,
  name: string | null,
  codec: PersonalDataCodec,
): Counsellor | undefined {
  return id === null ? undefined : { id, name: name === null ? '' : codec.decode(name) };
}
