import { raw, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { DateTime } from 'luxon';
import { MAX_FILE_BYTES } from '../subscribers/import/csv-encoding.js';
import { peopleCsv } from '../subscribers/import/people-csv.js';
import type { ImportDesk } from '../subscribers/import-desk.js';
import type { SubscriberStore } from '../subscribers/subscriber-store.js';
import type { AccessLogStore } from '../users/access-log-store.js';
import { ApiError } from './api-error.js';
import { readParameters } from './parameters.js';
import { whoIsIn, type Route } from './route.js';
import { peopleRoutesOf, stationOfQuery, type PeopleSource } from './subscriber-scopes.js';

export interface SubscriberFilesSource extends PeopleSource {
  desk: ImportDesk;
  subscribers: Pick<SubscriberStore, 'findByStation'>;
  accessLog: Pick<AccessLogStore, 'add'>;
}

const parse: RequestHandler = raw({ type: () => true, limit: MAX_FILE_BYTES });
const fileBody: RequestHandler = (request, response, next) =>
  parse(request, response, (error?: unknown) => {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
    if (status === 413) next(new ApiError(413, 'tooLarge', 'The file is too large (10 MB at most).'));
    else next(error);
  });

const tokenQuery = z.object({ token: z.string().regex(/^[0-9a-f]{64}$/, 'the token of a preview') });

/** Lists of people, in and out. */
export function subscriberFilesRoutes(source: SubscriberFilesSource): Route[] {
  const { desk, subscribers, accessLog, clock } = source;
  const { atStation, todayAt, organizationOf } = peopleRoutesOf(source);
  return [
    atStation(
      'post',
      '/import/preview',
      'subscriber.import',
      async (request, response) => {
        const stationId = stationOfQuery(request);
        response.json(await desk.preview(stationId, bytesOf(request), await todayAt(stationId)));
      },
      fileBody,
    ),
    atStation(
      'post',
      '/import',
      'subscriber.import',
      async (request, response, { signedIn, address }) => {
        const stationId = stationOfQuery(request);
        const { token } = readParameters(tokenQuery, request.query);
        const organizationId = (await organizationOf(stationId)).id;
        const userId = signedIn?.user.id;
        const today = await todayAt(stationId);
        const job = await desk.begin(stationId, bytesOf(request), token, { today, userId });
        if (job === 'stale')
          throw new ApiError(409, 'importStale', 'The file or the people have changed since the preview.');
        if (job === 'errors') throw new ApiError(422, 'importErrors', 'The file has errors.');
        const where = { organizationId, subject: 'station', subjectId: stationId, address };
        await accessLog.add({ at: clock(), userId, what: 'changed', detail: 'subscriber.import', ...where });
        response.status(202).json(job);
      },
      fileBody,
    ),
    atStation('get', '/import/jobs/:job', 'subscriber.import', (request, response) => {
      const job = desk.job(stationOfQuery(request), String(request.params.job));
      if (!job) throw new ApiError(404, 'noSuchImport', 'There is no such import.');
      response.json(job);
    }),
    atStation('get', '/export', 'subscriber.export', async (request, response, asking) => {
      const stationId = stationOfQuery(request);
      const { user } = whoIsIn(asking);
      const { reason, address } = asking;
      if (reason === '') throw new ApiError(403, 'reasonNeeded', 'Say why, in the header X-Reason.');
      const organization = await organizationOf(stationId);
      const at = clock();
      // First the record, then the list.
      await accessLog.add({
        ...{ at, userId: user.id, organizationId: organization.id, reason, address },
        ...{ what: 'looked', detail: 'subscriber.export', subject: 'station', subjectId: stationId },
      });
      const people = await subscribers.findByStation(stationId);
      const when = DateTime.fromJSDate(at, { zone: organization.timeZone }).toFormat('yyyy-MM-dd HH:mm');
      const csv = peopleCsv(
        [...people.values()],
        [
          `取り出した人: ${user.name} / 日時: ${when} / 理由: ${reason}`,
          '個人情報です。使い終わったら消してください。',
        ],
      );
      response.set('Content-Disposition', `attachment; filename="subscribers-${stationId}.csv"`);
      response.type('text/csv; charset=utf-8').send(csv);
    }),
  ];
}

function bytesOf(request: Request): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
}
