import { Router, type Response } from 'express';
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
import { triageWords } from '../consultations/triage.js';
import type { Clock } from '../clock.js';
import { ApiError } from './api-error.js';
import { badFields, badReference, readBody } from './bounded-json.js';
import { notHere, pageLimit, readIds } from './organization-scope.js';
import { idParameter, readParameters } from './parameters.js';

export interface CardsRouterParts {
  cards: CardStore;
  cases: CaseStore;
  facts: NumberFactsStore;
  opener: CardOpener;
  enrolments: EnrolFromCard;
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
const saveFields = z.strictObject({ version, savedBy: id() });
const draftSaveFields = saveFields.extend({ draft: cardDraftFields });
const newCardFields = z.strictObject({
  channel: oneOf(channels),
  receivedAt: instant().optional(),
  receivedBy: id(),
  callerNumber: shownNumber().optional(),
});
const callFields = z.strictObject({ pbxId: neededLine(32), callId: neededLine(48) });
const answeredCallFields = callFields.extend({
  lineId: id(),
  number: z.union([z.literal(''), shownNumber()]).default(''),
  extension: line(8).default(''),
});
const caseFields = z.union([z.strictObject({ caseId: id() }), z.strictObject({ title: neededLine(200) })], {
  error: 'あるケース（caseId）か、新しいケースの件名（title）の、どちらか一つを書いてください。',
});
const listFields = z.object({
  state: z.enum(['draft', 'finished']).optional(),
  caseId: idParameter.optional(),
  before: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  limit: pageLimit,
});

/** Consultation cards of one organization; mounted below /organizations/:organizationId. */
export function cardsRouter({ cards, cases, facts, opener, enrolments, clock }: CardsRouterParts): Router {
  const router = Router({ mergeParams: true });

  router.get('/card-choices', (_request, response) => {
    response.json({ choices: allChoices, triage: triageWords, labels: cardLabels });
  });
  router.get('/cards', async (request, response) => {
    const { organizationId } = readIds(request.params);
    response.json(await cards.list(organizationId, readParameters(listFields, request.query)));
  });
  router.post('/cards', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const { channel, receivedAt, receivedBy, callerNumber } = readBody(newCardFields, request.body, labels);
    const now = clock();
    const content = callerNumber === undefined ? {} : { callerNumber };
    const card = { channel, receivedAt: receivedAt ?? now, receivedBy, content, now };
    const added = await cards.add(organizationId, card);
    if (added.kind === 'badReference') throw badReference(added.field, labels);
    response.status(201).json({ id: added.id });
  });
  router.post('/cards/for-call', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const call = readBody(answeredCallFields, request.body, labels);
    const place = await facts.placeOf(call.lineId, call.extension);
    if (place?.organizationId !== organizationId) throw badReference('lineId', labels);
    response.json(await opener.open({ ...call, at: clock() }));
  });
  router.get('/cards/:cardId', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const card = await cards.find(organizationId, cardId);
    if (!card) throw notHere('Card');
    const known = await facts.of(organizationId, numberOfCard(card.content) ?? '', cardId);
    response.json({ card, known });
  });
  router.put('/cards/:cardId', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const { draft, version: from, savedBy } = readBody(draftSaveFields, request.body, labels);
    const save = { version: from, by: savedBy, now: clock() };
    answerSave(response, await cards.saveDraft(organizationId, cardId, draft, save));
  });
  router.post('/cards/:cardId/finish', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const { version: from, savedBy } = readBody(saveFields, request.body, labels);
    const save = { version: from, by: savedBy, now: clock() };
    answerSave(response, await cards.finish(organizationId, cardId, save));
  });
  router.post('/cards/:cardId/reopen', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const { version: from, savedBy } = readBody(saveFields, request.body, labels);
    const save = { version: from, by: savedBy, now: clock() };
    answerSave(response, await cards.reopen(organizationId, cardId, save));
  });
  router.get('/cards/:cardId/revisions', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    if (!(await cards.find(organizationId, cardId))) throw notHere('Card');
    response.json(await cards.revisions(organizationId, cardId));
  });
  router.put('/cards/:cardId/case', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const target = readBody(caseFields, request.body, labels);
    const taken = await cases.takeCard(organizationId, cardId, target, clock());
    if (taken === 'notFound') throw notHere('Card');
    if (typeof taken === 'object') throw badReference(taken.field, labels);
    response.json({ caseId: taken });
  });
  router.post('/cards/:cardId/calls', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const call = readBody(callFields, request.body, labels);
    if (!(await cards.find(organizationId, cardId))) throw notHere('Card');
    if (!(await cards.addCall(organizationId, cardId, call)))
      throw new ApiError(409, 'otherCard', 'その通話には、ほかの相談票があります。');
    response.status(204).end();
  });
  router.post('/cards/:cardId/enrol', async (request, response) => {
    const { organizationId, cardId } = readIds(request.params, 'cardId');
    const enrolment = readBody(enrolmentFields, request.body, enrolmentLabels);
    const enrolled = await enrolments.enrol(organizationId, cardId, enrolment, clock());
    if (enrolled.kind === 'notFound') throw notHere('Card');
    if (enrolled.kind === 'badReference') throw badReference(enrolled.field, enrolmentLabels);
    if (enrolled.kind === 'incomplete') throw badFields(enrolled.problems);
    response.status(enrolled.kind === 'enrolled' ? 201 : 200).json(enrolled);
  });
  return router;
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
