import { z } from 'zod';
import { reachOf, roles, type ActorRole, type Permission, type Reach } from '../users/permissions.js';
import type { OpenAccess, RouteSpec } from './route.js';

/** A schema of JSON Schema 2020-12, which OpenAPI 3.1 has taken over as it is. */
type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: Schema;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: Parameter[];
  requestBody?: { required: true; content: Readonly<Record<string, { schema: Schema }>> };
  responses: Readonly<Record<string, unknown>>;
  security: Readonly<Record<string, string[]>>[];
  'x-permission': Permission | OpenAccess;
  /** How far it reaches, by role. */
  'x-roles': Partial<Record<ActorRole, Reach>>;
}

export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const asking: readonly ActorRole[] = [...roles, 'machine', 'screen'];

const openTo: Readonly<Record<OpenAccess, string>> = {
  anyone: 'No login needed.',
  halfway: 'A login, also before its second factor.',
  self: 'A login; about the own account only.',
  known: 'A login, or the token of the machine account.',
};

const reachWords: Readonly<Record<Reach, string>> = {
  everywhere: 'everywhere',
  withReason: 'everywhere, with a reason in X-Reason, which is written down',
  organization: 'in their organization',
  stations: 'at their stations',
  self: 'for themselves',
};

const reasonHeader: Parameter = {
  name: 'X-Reason',
  in: 'header',
  required: false,
  description:
    'Why the record must be seen, percent-encoded UTF-8. Needed by roles whose reach is `withReason`; written down.',
  schema: { type: 'string', maxLength: 4500 },
};

const errorAnswer = {
  description: 'Refused: `code` says why to a program, `message` to whoever asked.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

/** Describes declared routes in OpenAPI 3.1, from what they are declared with. */
export function describeApi(specs: readonly RouteSpec[], version: string): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const spec of specs) (paths[pathOf(spec)] ??= {})[spec.method] = operationOf(spec);
  return {
    openapi: '3.1.0',
    info: {
      title: 'げんきです / Genkidesu',
      version,
      description:
        'People log in and bear a cookie; a request that changes something must come from a page of this ' +
        'service (Sec-Fetch-Site or Origin). Programs bear the token API_TOKEN. Who may do what stands with each address.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: { code: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
      responses: { Error: errorAnswer },
      securitySchemes: {
        login: { type: 'apiKey', in: 'cookie', name: 'genkidesu', description: 'The session of a person.' },
        token: { type: 'http', scheme: 'bearer', description: 'API_TOKEN: the machine account.' },
      },
    },
  };
}

/** Whom a route is open to, and how far, by role; empty when that does not depend on the role. */
function rolesOf(spec: RouteSpec): Partial<Record<ActorRole, Reach>> {
  if (!('scope' in spec)) return {};
  const found: Partial<Record<ActorRole, Reach>> = {};
  for (const role of asking) {
    const reach = reachOf(role, spec.permission);
    if (reach) found[role] = reach;
  }
  return found;
}

function operationOf(spec: RouteSpec): Operation {
  const { method, path, permission, input = {} } = spec;
  const whom = rolesOf(spec);
  const parameters = [
    ...pathParameters(path, input.params),
    ...(input.query ? parametersOf(input.query, 'query') : []),
    ...(Object.values(whom).includes('withReason') ? [reasonHeader] : []),
  ];
  return {
    operationId: [method, ...path.split(/\W+/).filter((part) => part !== '')].map(capitalized).join(''),
    tags: [tagOf(path)],
    summary: `${method.toUpperCase()} ${pathOf(spec)}`,
    description: describeAccess(spec, whom),
    parameters,
    ...(input.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(input.body) } } },
    }),
    responses: { '2XX': { description: 'Done.' }, default: { $ref: '#/components/responses/Error' } },
    security: securityOf(spec, whom),
    'x-permission': permission,
    'x-roles': whom,
  };
}

function describeAccess(spec: RouteSpec, whom: Partial<Record<ActorRole, Reach>>): string {
  if (!('scope' in spec)) return openTo[spec.permission];
  const lines = Object.entries(whom).map(([role, reach]) => `- ${role}: ${reachWords[reach]}`);
  return [`Permission \`${spec.permission}\`:`, '', ...lines].join('\n');
}

function securityOf(
  spec: RouteSpec,
  whom: Partial<Record<ActorRole, Reach>>,
): Readonly<Record<string, string[]>>[] {
  if (spec.permission === 'anyone') return [];
  const forMachine = whom.machine !== undefined || spec.permission === 'known';
  return forMachine ? [{ login: [] }, { token: [] }] : [{ login: [] }];
}

/** As OpenAPI writes it. */
function pathOf({ path }: RouteSpec): string {
  return `/api${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}

/** What it is about: the first word that is no tenant's. */
function tagOf(path: string): string {
  const words = path.split('/').filter((part) => part !== '' && !part.startsWith(':'));
  return (words[0] === 'organizations' ? words[1] : words[0]) ?? 'api';
}

function pathParameters(path: string, shape: z.ZodObject | undefined): Parameter[] {
  const described = new Map(
    (shape ? parametersOf(shape, 'path') : []).map((one): [string, Parameter] => [one.name, one]),
  );
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    // What is not described otherwise is the id of a row.
    schema: described.get(name)?.schema ?? { type: 'integer', minimum: 1 },
  }));
}

function parametersOf(shape: z.ZodObject, place: 'path' | 'query'): Parameter[] {
  const { properties = {}, required = [] } = schemaOf(shape) as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => {
    return { name, in: place, required: required.includes(name), schema };
  });
}

function schemaOf(shape: z.ZodType): Schema {
  const schema: Record<string, unknown> = z.toJSONSchema(shape, {
    io: 'input',
    // What is a class here is a text or a number on its way.
    unrepresentable: 'any',
    // References would point into the schema, and a document of OpenAPI has another top.
    cycles: 'throw',
  });
  delete schema.$schema;
  return schema;
}

function capitalized(word: string, index: number): string {
  return index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1);
}
