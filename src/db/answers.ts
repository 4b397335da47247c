import { z } from 'zod';
import type { Answer, Answers } from '../domain/instrument/types';

function isAnswer(value: unknown): value is Answer {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  return typeof value === 'string' || typeof value === 'number';
}

/** Answers as a json column holds them. They are read all the time, and in large numbers: zod's record is slower. */
export const answersSchema = z.custom<Answers>(
  (value) => typeof value === 'object' && value !== null && Object.values(value).every(isAnswer),
);
