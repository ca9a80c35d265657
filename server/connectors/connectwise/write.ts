import { AppError, type Failure, retryLater } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { type Failed, okOf, outcomeOf, refusal, unsent } from '../kit/written.ts';
import { ensureAgreement } from './agreement.ts';
import { agreementBodySchema, type LineBody, lineBodySchema } from './body.ts';
import type { Client } from './client.ts';
import { createCompany, createItem } from './create.ts';
import type { Desk, Made } from './desk.ts';
import { writeLine } from './line.ts';
import type { Reader, Whole } from './reader.ts';

interface Options {
  client: Client;
  reader: Reader;
}

/**
 * Writes elements of one batch: a new agreement, the lines of one agreement, a company or a product.
 * Every element is such that sending it again finishes what is missing.
 */
export async function writeElements(
  options: Options & { elements: readonly Element[] },
): Promise<Outcome[]> {
  const { client, reader, elements } = options;
  const [first] = elements;
  if (first === undefined) return [];
  if (elements.some(({ batch }) => batch !== first.batch)) throw new AppError('system.bug');
  switch (first.kind) {
    case 'company-create':
      return [await createCompany(client, reader, first)];
    case 'item-create':
      return [await createItem(client, first)];
    case 'document-create':
      return [await writeAgreement(options, first)];
    case 'document-change':
      return writeLines(options, elements);
    case 'document-state':
    case 'allocate':
    case 'send':
    case 'remove':
      throw new AppError('system.bug');
    default:
      return first.kind satisfies never;
  }
}

async function writeAgreement(options: Options, element: Element): Promise<Outcome> {
  const { client, reader } = options;
  const { lines } = storedBody(agreementBodySchema, element);
  const place = await ensureAgreement(client, reader, element);
  if ('status' in place) return outcomeOf(place);
  const desk = await deskFor(options, place.whole);
  // The agreement is there: what was not sent is finished later.
  if ('status' in desk) return { status: 'unknown', failure: desk.failure };
  const failed = (await eachLine(desk, lines)).find(({ status }) => status === 'failed');
  if (failed?.status === 'failed') {
    if (failed.certainty !== 'refused') return { status: 'unknown', failure: failed.failure };
    // Nothing of it stands: neither does an agreement that was made for it alone.
    if (place.isNew && desk.whole.additions.length === 0)
      await client.write({
        method: 'DELETE',
        path: `finance/agreements/${place.whole.agreement.id}`,
      });
    return outcomeOf(failed);
  }
  return okOf({ document: await reader.documentOf(desk.whole) });
}

async function writeLines(options: Options, elements: readonly Element[]): Promise<Outcome[]> {
  const agreementId = elements[0]?.documentId ?? null;
  if (agreementId === null) throw new AppError('system.bug');
  const all = (outcome: Outcome) => elements.map(() => outcome);
  const whole = await options.reader.whole(agreementId).catch(unsent);
  if (whole === null) return all(outcomeOf(refusal('The agreement is gone.')));
  if ('status' in whole) return all(outcomeOf(whole));
  const desk = await deskFor(options, whole);
  if ('status' in desk) return all(outcomeOf(desk));
  const results = await eachLine(
    desk,
    elements.map((element) => storedBody(lineBodySchema, element)),
  );
  const isTouched = results.some(({ status }) => status !== 'failed');
  const document = await options.reader.documentOf(desk.whole);
  return results.map((result) => {
    if (result.status !== 'failed') return okOf({ document });
    // Part of the group is done: the rest is finished before anything else touches the agreement.
    return result.certainty === 'unsent' && isTouched
      ? { status: 'unknown', failure: result.failure }
      : outcomeOf(result);
  });
}

async function deskFor({ client, reader }: Options, whole: Whole): Promise<Desk | Failed> {
  const around = await reader.around().catch(unsent);
  if ('status' in around) return around;
  return { client, reader, cycles: around.cycles, whole, takeBack: [] };
}

/**
 * One line after the other. A refusal ends the group: what it did is taken back, the last first, and
 * every line is refused with the same words. What cannot be taken back is left for recovery to find.
 */
async function eachLine(desk: Desk, bodies: readonly LineBody[]): Promise<Made[]> {
  const results: Made[] = [];
  let stopped: Failed | null = null;
  for (const body of bodies) {
    const result: Made = stopped ?? (await writeLine(desk, body));
    results.push(result);
    if (result.status === 'failed') stopped = result;
  }
  if (stopped?.certainty !== 'refused') return results;
  for (const takeBack of desk.takeBack.toReversed()) {
    const undone = await takeBack();
    if (undone.status === 'failed') {
      const failure: Failure = { ...undone.failure, retry: retryLater() };
      return results.map(() => ({ status: 'failed', certainty: 'unknown', failure }));
    }
  }
  const all = stopped;
  return results.map((result) => (result.status === 'there' ? result : all));
}
