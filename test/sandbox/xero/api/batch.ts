import type { JsonObject } from '../../json.ts';
import { numberOption, textOption } from '../../switches.ts';
import type { Outcome, Work } from '../rules/work.ts';
import { type Answer, type Call, parameter, workOf } from './call.ts';
import { failedElement, validationAnswer } from './errors.ts';
import { readElements } from './strict.ts';

export interface Batch {
  collection: string;
  idName: string;
  write(
    work: Work,
    element: JsonObject,
  ): Outcome<{ rendered: Record<string, unknown>; warnings: string[] }>;
}

/**
 * Writes the elements of a body. With summarizeErrors=false the answer is 200 with a result for each element, in the
 * order sent; otherwise one bad element refuses the call with a 400 and nothing is kept.
 */
export function writeBatch(call: Call, batch: Batch): Answer {
  const read = readElements(call, batch.collection);
  if ('status' in read) return read;
  if (read.elements.length === 0)
    return validationAnswer(`At least one element of ${batch.collection} must be sent`);
  const work = workOf(call);
  const attempt = (element: JsonObject, index: number, where: Work) => {
    const known = [...(read.errors.get(index) ?? []), ...plannedErrors(call, index)];
    return known.length > 0
      ? { status: 'failed' as const, errors: known }
      : batch.write(where, element);
  };
  if (parameter(call.query, 'summarizeErrors')?.toLowerCase() === 'false') {
    const results = read.elements.map((element, index) =>
      resultOf(attempt(element, index, work), element, batch.idName),
    );
    return { status: 200, body: { [batch.collection]: results } };
  }
  const trial = rehearsal(work);
  const failures = read.elements.flatMap((element, index) => {
    const outcome = attempt(element, index, trial);
    return outcome.status === 'failed'
      ? [failedElement(element, outcome.errors, batch.idName)]
      : [];
  });
  if (failures.length > 0) return validationAnswer('A validation exception occurred', failures);
  const results = read.elements.map((element, index) =>
    resultOf(attempt(element, index, work), element, batch.idName),
  );
  return { status: 200, body: { [batch.collection]: results } };
}

function resultOf(
  outcome: ReturnType<Batch['write']>,
  element: JsonObject,
  idName: string,
): Record<string, unknown> {
  if (outcome.status === 'failed') return failedElement(element, outcome.errors, idName);
  const { rendered, warnings } = outcome.value;
  if (warnings.length === 0) return { ...rendered, StatusAttributeString: 'OK' };
  return {
    ...rendered,
    StatusAttributeString: 'WARNING',
    Warnings: warnings.map((Message) => ({ Message })),
  };
}

function plannedErrors(call: Call, index: number): string[] {
  const fault = call.faults.get('element-error');
  if (!fault || numberOption(fault, 'element', 0) !== index) return [];
  return [textOption(fault, 'message') ?? 'This element was refused by the sandbox'];
}

/** The same organisation as a copy that nobody sees, to learn whether every element is good. */
function rehearsal(work: Work): Work {
  return {
    ...work,
    organisation: structuredClone(work.organisation),
    world: { ...work.world, record: () => undefined },
  };
}
