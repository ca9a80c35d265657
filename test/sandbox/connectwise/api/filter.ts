import type { CustomValue, Row } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { meets, NotBoolean } from './compare.ts';
import { type Comparison, type Condition, parseConditions } from './conditions.ts';
import { ConditionError } from './lexer.ts';
import { isChildList, isReference, type Reader, readerOf } from './paths.ts';
import { type Refusal, refusal, unknownName } from './refusal.ts';

export type Test = (row: Row) => boolean;
export type Filtered<T> = { status: 'ok'; value: T } | { status: 'failed'; refusal: Refusal };

class UnknownName extends Error {}

/** Rows that meet `conditions`, `childConditions` and `customFieldConditions` of the query. */
export function filtered(
  reader: Reader,
  query: URLSearchParams,
  rows: readonly Row[],
): Filtered<Row[]> {
  try {
    const tests = [
      testOf(query.get('conditions'), (condition) => ownTest(reader, condition, false)),
      testOf(query.get('childConditions'), (condition) => ownTest(reader, condition, true)),
      testOf(query.get('customFieldConditions'), (condition) =>
        customTest(reader.entity, condition),
      ),
    ];
    return { status: 'ok', value: rows.filter((row) => tests.every((test) => test(row))) };
  } catch (error) {
    if (error instanceof UnknownName)
      return { status: 'failed', refusal: unknownName(error.message) };
    if (error instanceof ConditionError)
      return { status: 'failed', refusal: refusal(400, error.message, 'ApiFindCondition') };
    if (error instanceof NotBoolean)
      return {
        status: 'failed',
        refusal: refusal(500, 'String was not recognized as a valid Boolean.'),
      };
    throw error;
  }
}

function testOf(text: string | null, compile: (condition: Condition) => Test): Test {
  if (text === null || text.trim() === '') return () => true;
  return compile(parseConditions(text));
}

/** `isChild` asks for members of child lists, of which one must meet the condition; else for the record's own fields. */
function ownTest(reader: Reader, condition: Condition, isChild: boolean): Test {
  if (condition.kind !== 'comparison') {
    const tests = condition.parts.map((part) => ownTest(reader, part, isChild));
    return condition.kind === 'and'
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row));
  }
  const { entity } = reader;
  const comparison = emptiness(entity, condition.comparison);
  const read = readerOf(reader, comparison.path);
  if (!read || isChildList(entity, comparison.path) !== isChild)
    throw new UnknownName(comparison.path);
  return (row) => read(row).some((value) => meets(value, comparison));
}

/** `contact=null` asks whether the record points at one. */
function emptiness(entity: Entity, comparison: Comparison): Comparison {
  const { path, values } = comparison;
  const isAsked = isReference(entity, path) && values.every(({ kind }) => kind === 'null');
  return isAsked ? { ...comparison, path: `${path}/id` } : comparison;
}

/** `caption="Region" and value="North"`, about one custom field at a time (guide: customFieldConditions). */
function customTest({ customFields }: Entity, condition: Condition): Test {
  const parts = condition.kind === 'and' ? condition.parts : [condition];
  const comparisons = parts.map((part) => {
    if (part.kind !== 'comparison')
      throw new ConditionError('customFieldConditions join caption and value with and.');
    if (part.comparison.path !== 'caption' && part.comparison.path !== 'value')
      throw new UnknownName(part.comparison.path);
    return part.comparison;
  });
  const captions = comparisons.filter(({ path }) => path === 'caption');
  const values = comparisons.filter(({ path }) => path === 'value');
  return (row) =>
    customFields
      .filter(({ caption }) => captions.every((one) => meets(caption, one)))
      .some(({ id }) => {
        const value: CustomValue = row.custom[id] ?? null;
        return values.every((one) => meets(value, one));
      });
}
