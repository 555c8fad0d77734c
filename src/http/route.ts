import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { permissionTable, type Actor, type Permission, type Scope } from '../users/permissions.js';
import type { SignedIn } from '../users/sessions.js';
import { ApiError } from './api-error.js';

/** Who asks, and what they said about it. */
export interface Asking {
  actor: Actor;
  /** Undefined for the machine account, and on routes for anyone. */
  signedIn: SignedIn | undefined;
  /** Why they want to see it, where that is asked for. */
  reason: string;
  address: string;
  device: string;
}

/**
 * Whose the thing is that a request is about; undefined when there is no such thing. It may read the
 * request's parameters and body, and throws ApiError 400 when these make no sense.
 */
export type FindScope = (request: Request) => Promise<Scope | undefined> | Scope | undefined;

/** For what is nobody's own: everybody may come, or everybody about themselves. */
export type OpenAccess =
  /** No login needed. */
  | 'anyone'
  /** Also those who have still to give or set up their second factor. */
  | 'halfway'
  /** Whoever is in, about their own account. */
  | 'self'
  /** Whoever is in, and the machine: what is the same for everybody. */
  | 'known';

/** What a request brings: for the description of the API. The handler reads it by the same shapes. */
export interface RouteInput {
  /** Parameters of the address that are no ids. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
}

interface Place {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api, as express writes it. */
  path: string;
  /** Reads the body once it is known who asks; usually JSON of at most 100 kB. */
  body?: RequestHandler;
  input?: RouteInput;
}

export type RouteSpec = Place &
  (
    | { permission: OpenAccess }
    | {
        permission: Permission;
        /**
         * `service`: it belongs to no tenant. `narrowed`: a list; the handler gives only what `mayDo` allows of it.
         */
        scope: FindScope | 'service' | 'narrowed';
        /** What is said when there is no such thing, or it is another tenant's: nobody can tell which. */
        missing?: { code: string; message: string };
      }
  );

export type Handler = (request: Request, response: Response, asking: Asking) => Promise<void> | void;

export interface Route {
  spec: RouteSpec;
  handler: Handler;
}

/** @throws ApiError when it is no person */
export function whoIsIn({ signedIn }: Asking): NonNullable<Asking['signedIn']> {
  if (!signedIn) throw new ApiError(403, 'notAllowed', 'This is about the account of a person.');
  return signedIn;
}

const openAccess: readonly string[] = ['anyone', 'halfway', 'self', 'known'] satisfies OpenAccess[];

/**
 * Declares a route. There is no other way to serve one below /api, and none without saying who may use it.
 *
 * @throws Error when the permission is missing or unknown, or nothing says whose the thing is
 */
export function route(spec: RouteSpec, handler: Handler): Route {
  const { method, path, permission } = spec as Place & { permission?: string };
  const where = `${method} ${path}`;
  if (permission === undefined) throw new Error(`${where}: who may use it?`);
  if (openAccess.includes(permission)) return { spec, handler };
  if (!Object.hasOwn(permissionTable, permission))
    throw new Error(`${where}: no permission is called ${permission}`);
  if (!('scope' in spec)) throw new Error(`${where}: whose is it?`);
  return { spec, handler };
}

/** @throws Error when two of them serve the same address */
export function withoutDoubles(routes: readonly Route[]): readonly Route[] {
  const seen = new Set<string>();
  for (const { spec } of routes) {
    const where = `${spec.method} ${spec.path.replaceAll(/:\w+/g, ':')}`;
    if (seen.has(where)) throw new Error(`${where}: declared twice`);
    seen.add(where);
  }
  return routes;
}
