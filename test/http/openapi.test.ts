import assert from 'node:assert/strict';
import { z } from 'zod';
import { describeApi, type OpenApi, type Operation } from '../../src/http/openapi.js';
import { route, type RouteInput } from '../../src/http/route.js';
import { machineToken, serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { openLogins, type Logins } from '../support/logins.js';

/** What stands below a path of OpenAPI 3.1 beside operations. */
const methods = ['get', 'put', 'post', 'delete', 'patch'];
/** Words of JSON Schema 2020-12 that hold other schemas. */
const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

describe('the description of the API', () => {
  let logins: Logins;
  let served: Served;
  let person: Visitor;
  let document: OpenApi;

  before(async () => {
    logins = await openLogins();
    served = await serveHttp(logins);
    const id = await logins.join({ role: 'operator', mail: 'unei@example.jp' });
    person = new Visitor(served.url);
    person.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
    const { status, body } = await person.ask('get', '/api/openapi.json');
    assert.equal(status, 200);
    document = body as unknown as OpenApi;
  });
  after(async () => {
    await served.close();
    await logins.close();
  });

  const operations = (): { where: string; path: string; operation: Operation }[] =>
    Object.entries(document.paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).map(([method, operation]) => ({
        ...{ where: `${method} ${path}`, path, operation },
      })),
    );
  const operation = (method: string, path: string): Operation => {
    const found = document.paths[path]?.[method];
    assert.ok(found, `${method} ${path}`);
    return found;
  };

  it('has every declared route, and nothing else', () => {
    const declared = served.server.routes.map(
      ({ spec }) => `${spec.method} /api${spec.path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    assert.ok(declared.length > 60);
    assert.deepEqual(
      operations()
        .map(({ where }) => where)
        .sort(),
      declared.sort(),
    );
  });

  it('is valid OpenAPI 3.1', () => {
    assert.match(document.openapi, /^3\.1\.\d+$/);
    assert.match(document.info.version, /^\d+\.\d+\.\d+/);
    assert.ok(document.info.title !== '');
    const ids = operations().map((one) => one.operation.operationId);
    assert.equal(new Set(ids).size, ids.length, 'an operationId stands twice');
    const schemes = Object.keys(document.components.securitySchemes ?? {});
    for (const { where, path, operation: one } of operations()) {
      assert.ok(methods.includes(where.split(' ')[0] ?? ''), where);
      assert.match(path, /^\/api\/[\w/{}.-]+$/, where);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = one.parameters.filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        inPath.map(({ name }) => name),
        named,
        where,
      );
      assert.ok(
        inPath.every(({ required }) => required),
        where,
      );
      const places = one.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      assert.equal(new Set(places).size, places.length, `${where}: a parameter stands twice`);
      for (const { name, schema } of one.parameters) checkSchema(schema, `${where} ${name}`);
      for (const { schema } of Object.values(one.requestBody?.content ?? {})) checkSchema(schema, where);
      assert.ok(!(where.startsWith('get') && one.requestBody), where);
      assert.ok('default' in one.responses && '2XX' in one.responses, where);
      for (const needed of one.security)
        assert.ok(
          Object.keys(needed).every((name) => schemes.includes(name)),
          where,
        );
    }
    for (const reference of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g))
      assert.ok(resolve(document, reference[1] ?? ''), reference[0]);
  });

  it('says who may do what, and how far', () => {
    const ledger = operation('get', '/api/stations/{id}/days/{date}');
    assert.equal(ledger['x-permission'], 'ledger.see');
    assert.deepEqual(ledger['x-roles'], {
      operator: 'withReason',
      tenantAdmin: 'organization',
      station: 'stations',
      auditor: 'organization',
      machine: 'everywhere',
    });
    assert.match(ledger.description, /station: at their stations/);
    assert.deepEqual(ledger.security, [{ login: [] }, { token: [] }]);
    assert.deepEqual(operation('post', '/api/login').security, []);
    assert.deepEqual(operation('get', '/api/account/sessions').security, [{ login: [] }]);
  });

  it('asks for a reason exactly where a role has to give one', () => {
    for (const { where, operation: one } of operations())
      assert.equal(
        one.parameters.some(({ name }) => name === 'X-Reason'),
        Object.values(one['x-roles']).includes('withReason'),
        where,
      );
    assert.ok(
      operations().some(({ operation: one }) => one.parameters.some(({ in: at }) => at === 'header')),
    );
  });

  it('tells what a request brings', () => {
    const { requestBody } = operation('post', '/api/users');
    const schema = requestBody?.content['application/json']?.schema as {
      required: string[];
      properties: Record<string, unknown>;
    };
    assert.deepEqual(schema.required, ['role', 'name', 'mail']);
    assert.ok('stationIds' in schema.properties);
    const calls = operation('get', '/api/hotline/calls').parameters;
    assert.deepEqual(
      calls.filter((one) => one.in === 'query').map(({ name, required }) => [name, required]),
      [
        ['from', true],
        ['to', true],
        ['line', false],
      ],
    );
    const [, date] = operation('get', '/api/stations/{id}/days/{date}').parameters;
    assert.equal(date?.schema.format, 'date');
  });

  it('tells what every change of a record brings', () => {
    const without = operations().filter(
      ({ where, operation: one }) => /^(put|patch)/.test(where) && !one.requestBody,
    );
    assert.deepEqual(
      without.map(({ where }) => where),
      [],
      'give the route an `input`',
    );
  });

  it('is for whoever is in, and for the machine, and for no stranger', async () => {
    const machine = new Visitor(served.url, { authorization: `Bearer ${machineToken}` });
    assert.equal((await machine.ask('get', '/api/openapi.json')).status, 200);
    const stranger = new Visitor(served.url);
    for (const path of ['/api/openapi.json', '/api/docs'])
      assert.equal((await stranger.ask('get', path)).status, 401);
  });

  it('is a page too, which runs nothing and fetches nothing', async () => {
    const answer = await fetch(`${served.url}/api/docs`, { headers: { cookie: person.cookie ?? '' } });
    const page = await answer.text();
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'nonce-[\w+/=]+'; /);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.ok(page.includes(`<style nonce="${nonce}">`));
    assert.doesNotMatch(page, /<script|\sstyle=|\son\w+=|https?:\/\//);
    for (const { path } of operations()) assert.ok(page.includes(`<code>${path}</code>`), path);
  });
});

describe('a described route', () => {
  const described = (input: RouteInput): Operation => {
    const { spec } = route(
      { method: 'post', path: '/things/:id', permission: 'self', input },
      () => undefined,
    );
    const found = describeApi([spec], '1.0.0').paths['/api/things/{id}']?.post;
    assert.ok(found);
    return found;
  };

  it('has whole numbers for ids that nothing else is said of', () => {
    assert.deepEqual(described({}).parameters, [
      { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
    ]);
  });

  it('tells what is typed, not what becomes of it', () => {
    const { requestBody } = described({
      body: z.object({ day: z.string().transform((text) => new Date(text)), count: z.number().default(1) }),
    });
    assert.deepEqual(requestBody?.content['application/json']?.schema, {
      type: 'object',
      properties: { day: { type: 'string' }, count: { default: 1, type: 'number' } },
      required: ['day'],
    });
  });
});

/** Only what JSON Schema 2020-12 knows, as far as we use it. */
function checkSchema(schema: unknown, where: string): void {
  if (typeof schema === 'boolean') return;
  assert.ok(typeof schema === 'object' && schema !== null && !Array.isArray(schema), where);
  const { type, properties, required, items, anyOf, oneOf, allOf, pattern, $schema } = schema as Record<
    string,
    unknown
  >;
  assert.equal($schema, undefined, where);
  if (type !== undefined)
    assert.ok(
      [type].flat().every((one) => types.includes(one as string)),
      where,
    );
  if (typeof pattern === 'string') assert.ok(new RegExp(pattern, 'u'), where);
  if (required !== undefined)
    for (const name of required as string[])
      assert.ok(name in (properties as Record<string, unknown>), `${where}: ${name}`);
  for (const inner of Object.values(properties ?? {})) checkSchema(inner, where);
  for (const inner of [anyOf, oneOf, allOf].flatMap((some) => (some as unknown[] | undefined) ?? []))
    checkSchema(inner, where);
  if (items !== undefined) checkSchema(items, where);
}

function resolve(document: OpenApi, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], document);
}
