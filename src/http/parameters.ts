import type { Request } from 'express';
import { z } from 'zod';
import { ApiError } from './api-error.js';

/** A row's id as it stands in an address. */
export const idParameter = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, 'a whole number from 1')
  .transform(Number);

export const dateParameter = z.iso.date('a date such as 2026-11-24');

/**
 * Reads what a request brings as JSON.
 *
 * @throws ApiError 400 naming each field that cannot be used
 */
export function readBody<Shape extends z.ZodType>(shape: Shape, request: Request): z.output<Shape> {
  return readParameters(shape, (request.body as unknown) ?? {});
}

/**
 * Reads the parameters of an address.
 *
 * @throws ApiError 400 naming each field that cannot be used
 */
export function readParameters<Shape extends z.ZodType>(shape: Shape, given: unknown): z.output<Shape> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ApiError(400, 'badParameter', problems.join('; '));
}
