import type { Response } from 'express';
import { z } from 'zod';
import { allChoices, channels, oneOf } from '../consultations/choices.js';
import { cardDraftFields, cardLabels, numberOfCard } from '../consultations/card-fields.js';
import type { CardOpener } from '../consultations/card-opener.js';
import type { CardSave, CardStore } from '../consultations/card-store.js';
import type { CaseStore } from '../consultations/case-store.js';
import type { EnrolFromCard } from '../consultations/enrol-from-card.js';
import { enrolmentFields, enrolmentLabels } from '../consultations/enrolment-fields.js';
import { id, instant, line, neededLine, shownNumber, whole } from '../consultations/field-kinds.js';
import type { NumberFactsStore } from '../consultations/number-facts-store.js';
import type { OwnChoiceStore } from '../consultations/own-choice-store.js';
import { unknownChoice } from '../consultations/own-choices.js';
import { triageWords } from '../consultations/triage.js';
import type { Clock } from '../clock.js';
import { actingExtension, ownCounsellor } from './acting.js';
import { ApiError } from './api-error.js';
import { badFields, badReference, readBody } from './bounded-json.js';
import { notHere, pageLimit, readIds } from './organization-scope.js';
import { idParameter, readParameters } from './parameters.js';
import type { Asking, Route } from './route.js';
import { tenantRoutes, type TenantInputs, type TenantSource } from './tenant-routes.js';

export interface CardsSource extends TenantSource {
  cards: CardStore;
  cases: CaseStore;
  facts: NumberFactsStore;
  opener: CardOpener;
  enrolments: EnrolFromCard;
  ownChoices: Pick<OwnChoiceStore, 'lists' | 'byList'>;
  clock: Clock;
}

const labels: Readonly<Record<string, string>> = {
  ...cardLabels,
  version: '版の番号',
  savedBy: '保存した人',
  draft: '相談票',
  caseId: 'ケース',
  title: '件名',
  pbxId: '交換機',
  callId: '通話',
  lineId: '回線',
  number: '番号',
  extension: '内線',
};
const version = whole(1, 2 ** 31 - 1);
const saveFields = z.strictObject({ version, savedBy: id().optional() });
const draftSaveFields = saveFields.extend({ draft: cardDraftFields });
const newCardFields = z.strictObject({
  channel: oneOf(channels),
  receivedAt: instant().optional(),
  receivedBy: id().optional(),
  callerNumber: shownNumber().optional(),
});
const callFields = z.strictObject({ pbxId: neededLine(32), callId: neededLine(48) });
const answeredCallFields = callFields.extend({
  lineId: id(),
  number: z.union([z.literal(''), shownNumber()]).default(''),
  extension: line(8).optional(),
});
const caseFields = z.union([z.strictObject({ caseId: id() }), z.strictObject({ title: neededLine(200) })], {
  error: 'あるケース（caseId）か、新しいケースの件名（title）の、どちらか一つを書いてください。',
});
const enrolFields = enrolmentFields.extend({ by: id().optional() });
const listFields = z.object({
  state: z.enum(['draft', 'finished']).optional(),
  caseId: idParameter.optional(),
  before: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  limit: pageLimit,
});

const inputs: TenantInputs = {
  'get /cards': { query: listFields },
  'post /cards': { body: newCardFields },
  'post /cards/for-call': { body: answeredCallFields },
  'put /cards/:cardId': { body: draftSaveFields },
  'post /cards/:cardId/finish': { body: saveFields },
  'post /cards/:cardId/reopen': { body: saveFields },
  'put /cards/:cardId/case': { body: caseFields },
  'post /cards/:cardId/calls': { body: callFields },
  'post /cards/:cardId/enrol': { body: enrolFields },
};

/** Consultation cards of one organization. */
export function cardsRoutes(source: CardsSource): Route[] {
  const { cards, cases, facts, opener, enrolments, ownChoices, places, clock } = source;
  const { at, look } = tenantRoutes(source, inputs);

  /** A refusal comes with the card as it is now, which is a look. */
  const lookWhenShown = async (asking: Asking, organizationId: number, save: CardSave): Promise<CardSave> => {
    if ('card' in save) await look(asking, 'card', save.card.id, organizationId);
    return save;
  };
  return [
    at('get', '/card-choices', 'card.see', async (request, response) => {
      const lists = await ownChoices.lists(readIds(request.params).organizationId);
      const own: Record<string, Record<string, string>> = {};
      const retired: Record<string, string[]> = {};
      for (const { list, choices } of lists) {
        own[list] = Object.fromEntries(choices.map(({ key, label }) => [key, label]));
        retired[list] = choices.filter((one) => one.retired).map(({ key }) => key);
      }
      response.json({
        choices: { ...allChoices, ...own },
        /** Offered no more; old cards still name them. */
        retired,
        triage: triageWords,
        labels: cardLabels,
      });
    }),
    at('get', '/cards', 'card.see', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const wanted = readParameters(listFields, request.query);
      await look(asking, 'organization', organizationId, organizationId);
      response.json(await cards.list(organizationId, wanted));
    }),
    at('post', '/cards', 'card.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const { channel, receivedAt, callerNumber, ...named } = readBody(newCardFields, request.body, labels);
      const receivedBy = ownCounsellor(asking, named.receivedBy);
      const now = clock();
      const content = callerNumber === undefined ? {} : { callerNumber };
      const card = { channel, receivedAt: receivedAt ?? now, receivedBy, content, now };
      const added = await cards.add(organizationId, card);
      if (added.kind === 'badReference') throw badReference(added.field, labels);
      response.status(201).json({ id: added.id });
    }),
    at('post', '/cards/for-call', 'card.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const call = readBody(answeredCallFields, request.body, labels);
      const extension = await actingExtension(asking, call.extension, places);
      const place = await facts.placeOf(call.lineId, extension);
      if (place?.organizationId !== organizationId) throw badReference('lineId', labels);
      const opened = await opener.open({ ...call, extension, at: clock() });
      await look(asking, 'card', opened.card.id, organizationId);
      response.json(opened);
    }),
    at('get', '/cards/:cardId', 'card.see', async (request, response, asking) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const card = await cards.find(organizationId, cardId);
      if (!card) throw notHere('Card');
      await look(asking, 'card', cardId, organizationId);
      const known = await facts.of(organizationId, numberOfCard(card.content) ?? '', cardId);
      response.json({ card, known });
    }),
    at('put', '/cards/:cardId', 'card.edit', async (request, response, asking) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const { draft, version: from, savedBy } = readBody(draftSaveFields, request.body, labels);
      const save = { version: from, by: ownCounsellor(asking, savedBy), now: clock() };
      const unknown = unknownChoice(draft, await ownChoices.byList(organizationId));
      if (unknown !== undefined) throw badReference(`draft.${unknown}`, labels);
      answerSave(
        response,
        await lookWhenShown(
          asking,
          organizationId,
          await cards.saveDraft(organizationId, cardId, draft, save),
        ),
      );
    }),
    at('post', '/cards/:cardId/finish', 'card.edit', async (request, response, asking) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const { version: from, savedBy } = readBody(saveFields, request.body, labels);
      const save = { version: from, by: ownCounsellor(asking, savedBy), now: clock() };
      answerSave(
        response,
        await lookWhenShown(asking, organizationId, await cards.finish(organizationId, cardId, save)),
      );
    }),
    at('post', '/cards/:cardId/reopen', 'card.edit', async (request, response, asking) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const { version: from, savedBy } = readBody(saveFields, request.body, labels);
      const save = { version: from, by: ownCounsellor(asking, savedBy), now: clock() };
      answerSave(
        response,
        await lookWhenShown(asking, organizationId, await cards.reopen(organizationId, cardId, save)),
      );
    }),
    at('get', '/cards/:cardId/revisions', 'card.see', async (request, response, asking) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      if (!(await cards.find(organizationId, cardId))) throw notHere('Card');
      await look(asking, 'card', cardId, organizationId);
      response.json(await cards.revisions(organizationId, cardId));
    }),
    at('put', '/cards/:cardId/case', 'card.edit', async (request, response) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const target = readBody(caseFields, request.body, labels);
      const taken = await cases.takeCard(organizationId, cardId, target, clock());
      if (taken === 'notFound') throw notHere('Card');
      if (typeof taken === 'object') throw badReference(taken.field, labels);
      response.json({ caseId: taken });
    }),
    at('post', '/cards/:cardId/calls', 'card.edit', async (request, response) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const call = readBody(callFields, request.body, labels);
      if (!(await cards.find(organizationId, cardId))) throw notHere('Card');
      if (!(await cards.addCall(organizationId, cardId, call)))
        throw new ApiError(409, 'otherCard', 'その通話には、ほかの相談票があります。');
      response.status(204).end();
    }),
    at('post', '/cards/:cardId/enrol', 'card.edit', async (request, response, asking) => {
      const { organizationId, cardId } = readIds(request.params, 'cardId');
      const { by, ...wanted } = readBody(enrolFields, request.body, enrolmentLabels);
      const enrolment = { ...wanted, by: ownCounsellor(asking, by) };
      const enrolled = await enrolments.enrol(organizationId, cardId, enrolment, clock());
      if (enrolled.kind === 'notFound') throw notHere('Card');
      if (enrolled.kind === 'badReference') throw badReference(enrolled.field, enrolmentLabels);
      if (enrolled.kind === 'incomplete') throw badFields(enrolled.problems);
      response.status(enrolled.kind === 'enrolled' ? 201 : 200).json(enrolled);
    }),
  ];
}

function answerSave(response: Response, save: CardSave): void {
  switch (save.kind) {
    case 'saved':
      response.json({ version: save.version, savedAt: save.savedAt });
      return;
    case 'conflict': {
      const who = save.card.savedBy ? `${save.card.savedBy.name}さん` : 'ほかの人';
      // The card as it is now goes along: the client can show both, and lose neither.
      response.status(409).json({
        error: { code: 'savedMeanwhile', message: `${who}が先に保存しました（版 ${save.card.version}）。` },
        card: save.card,
      });
      return;
    }
    case 'wrongState': {
      const message =
        save.card.state === 'finished'
          ? '書き終えた相談票です。書き足すには、もう一度開いてください。'
          : 'まだ書き終えていない相談票です。';
      response.status(409).json({ error: { code: save.card.state, message }, card: save.card });
      return;
    }
    case 'incomplete':
      throw badFields(save.problems);
    case 'badReference':
      throw badReference(save.field, labels);
    case 'notFound':
      throw notHere('Card');
  }
}
