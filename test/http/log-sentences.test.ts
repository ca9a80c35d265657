import { expect, it } from 'vitest';
import { sentenceOf } from '../../server/http/present/log.ts';

it.each([
  ['1', 'Created INV-0038 with 1 line'],
  ['2', 'Created INV-0038 with 2 lines'],
  ['21', 'Created INV-0038 with 21 lines'],
])('a sentence of the Action log has the noun that fits its count of %s', (lines, sentence) => {
  const facts = { document: 'INV-0038', lines };
  expect(sentenceOf({ action: 'written', subject: '', facts })).toBe(sentence);
});

it.each([
  ['documents', 'A check failed: reading what is billed there'],
  ['users', 'A check failed: reading the users of customers'],
  ['a-new-one', 'A check failed: a-new-one'],
])('a failed check says what it was doing, and %s is a word for that', (step, sentence) => {
  expect(sentenceOf({ action: 'check-failed', subject: step, facts: { step } })).toBe(sentence);
});
