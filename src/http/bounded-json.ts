import express, { type RequestHandler } from 'express';
import type { z } from 'zod';
import { describeProblems, readFields, type FieldProblem } from '../consultations/read-fields.js';
import { ApiError } from './api-error.js';

/** Far above what all fields of a card may hold together: a field that is too long is refused by its name. */
const mostBytes = 2 * 1024 * 1024;

const parse: RequestHandler = express.json({ limit: mostBytes, type: 'application/json' });

/** Reads a body of JSON; what cannot be read is refused in words that people understand. */
export const boundedJson: RequestHandler = (request, response, next) => {
  return parse(request, response, (error?: unknown) => {
    if (error === undefined) next();
    else next(refusalOf(error));
  });
};

function refusalOf(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return new ApiError(413, 'tooLarge', '送られた内容が大きすぎます（2MBまでです）。');
  if (status >= 400 && status < 500)
    return new ApiError(400, 'badJson', '送られた内容を読めません（JSONの形になっていません）。');
  return error;
}

/**
 * Reads the fields of a body.
 *
 * @throws ApiError 400 naming each field that cannot be used
 */
export function readBody<Shape extends z.ZodType>(
  shape: Shape,
  body: unknown,
  labels: Readonly<Record<string, string>>,
): z.output<Shape> {
  if (body === undefined)
    throw new ApiError(
      400,
      'badJson',
      '内容がありません（Content-Type: application/json で送ってください）。',
    );
  const reading = readFields(shape, body, labels);
  if (!reading.ok) throw badFields(reading.problems);
  return reading.value;
}

export function badFields(problems: readonly FieldProblem[]): ApiError {
  return new ApiError(400, 'badField', describeProblems(problems), { problems });
}

/** A field that names what the organization does not have. */
export function badReference(field: string, labels: Readonly<Record<string, string>>): ApiError {
  return badFields([{ field, label: labels[field] ?? field, message: 'この団体にありません。' }]);
}
