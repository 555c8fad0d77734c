import { z } from 'zod';
import type { Clock } from '../clock.js';
import { whole } from '../consultations/field-kinds.js';
import type { OwnChoiceStore } from '../consultations/own-choice-store.js';
import {
  ownChoicesField,
  ownListNames,
  readOwnChoices,
  type ChoicesReading,
} from '../consultations/own-choices.js';
import type { NoteChange } from '../users/change-log.js';
import { ApiError } from './api-error.js';
import { authorOf } from './changes.js';
import { readIds } from './organization-scope.js';
import { readBody } from './bounded-json.js';
import { readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantInputs, type TenantSource } from './tenant-routes.js';

const listParameters = z.object({ list: z.enum(ownListNames) });
const listBody = z.strictObject({ version: whole(0, 2 ** 31 - 1), choices: ownChoicesField });
const labels = { version: '版の番号', choices: '選択肢', label: '言葉', retired: '使わない' };

const inputs: TenantInputs = {
  'put /card-design/:list': { params: listParameters, body: listBody },
};

export interface CardDesignSource extends TenantSource {
  ownChoices: OwnChoiceStore;
  note: NoteChange;
  clock: Clock;
}

/** What the tenant's cards offer to choose from. */
export function cardDesignRoutes(source: CardDesignSource): Route[] {
  const { ownChoices, note, clock } = source;
  const { at } = tenantRoutes(source, inputs);
  return [
    at('get', '/card-design', 'cardDesign.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      response.json({ lists: await ownChoices.lists(organizationId) });
    }),
    at('put', '/card-design/:list', 'cardDesign.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const { list } = readParameters(listParameters, request.params);
      const { version, choices } = readBody(listBody, request.body, labels);
      const present = (await ownChoices.byList(organizationId))[list];
      const reading = readOwnChoices(present, choices);
      if (reading.kind !== 'read') throw refusal(reading.kind);
      const wanted = { list, version, choices: reading.choices };
      if (!(await ownChoices.change(organizationId, wanted, authorOf(asking, clock), note)))
        throw new ApiError(409, 'changedMeanwhile', 'Somebody else changed this list meanwhile.');
      response.json({ ...wanted, version: version + 1 });
    }),
  ];
}

const refusals: Readonly<Record<Exclude<ChoicesReading['kind'], 'read'>, [number, string]>> = {
  choiceMissing: [409, 'No choice is ever deleted: old cards name it. Load the list again.'],
  labelTwice: [422, 'Two choices have the same words.'],
  noneOffered: [422, 'One choice at least must be offered.'],
};

function refusal(kind: keyof typeof refusals): ApiError {
  const [status, message] = refusals[kind];
  return new ApiError(status, kind, message);
}
