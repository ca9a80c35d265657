import { expect } from 'vitest';
import { AppError } from '../../server/domain/errors.ts';
import { answerMaxMs } from './length.ts';

const objectNames = Object.getOwnPropertyNames(Object.prototype).join();
const arrayNames = Object.getOwnPropertyNames(Array.prototype).join();

/**
 * What a question to the other side may end in, whatever that answers: an answer of ours or one of the
 * failures that are told to a person, soon, with every object of this process as it was.
 */
export async function endsWell(question: () => unknown, failures: RegExp): Promise<void> {
  const startedMs = performance.now();
  try {
    await question();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!failures.test(error.code)) throw new Error(`ended in ${error.code}`, { cause: error });
  }
  expect(performance.now() - startedMs).toBeLessThan(answerMaxMs);
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(objectNames);
  expect(Object.getOwnPropertyNames(Array.prototype).join()).toBe(arrayNames);
}
