import { addDays, addMonths } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import { rawNumber } from '../../domain/json.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { storedBody } from '../kit/elements.ts';
import { answerless, okOf, outcomeOf, refusal, unsent } from '../kit/written.ts';
import { contractBodySchema, type LineBody, lineBodySchema } from './body.ts';
import { ensureCharge, type Made, removeCharge } from './charge-line.ts';
import { type Client, equals, idValue } from './client.ts';
import { createCompany, createService } from './create.ts';
import { differences } from './differences.ts';
import { contractMonths } from './limits.ts';
import { currencyOf } from './map.ts';
import type { Reader } from './reader.ts';
import {
  type Contract,
  companySchema,
  contractSchema,
  inEffect,
  recurringService,
} from './schema.ts';
import { ensureService } from './service-line.ts';

interface Options {
  client: Client;
  reader: Reader;
}

/**
 * Writes elements of one batch: a new contract, the lines of one contract, a company or a service.
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
      return [await createService(client, first)];
    case 'document-create':
      return [await writeContract(options, first)];
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

async function writeContract(options: Options, element: Element): Promise<Outcome> {
  const { client, reader } = options;
  const body = storedBody(contractBodySchema, element);
  const found = await reader.byMark(element.marker).catch(unsent);
  if ('status' in found) return outcomeOf(found);
  let id = found[0]?.id;
  if (id === undefined) {
    const made = await client.write({
      method: 'POST',
      path: 'Contracts',
      body: {
        companyID: idValue(body.companyId),
        contractName: body.name,
        contractNumber: body.number,
        contractType: rawNumber(recurringService),
        contractPeriodType: rawNumber(body.periodType),
        startDate: `${body.startDate}T00:00:00`,
        endDate: `${addDays(addMonths(body.startDate, contractMonths), -1)}T00:00:00`,
        status: rawNumber(inEffect),
        timeReportingRequiresStartAndStopTimes: rawNumber('0'),
      },
    });
    if (made.status === 'failed') return outcomeOf(made);
    id = made.id;
  }
  const { results } = await eachLine(options, id, body.lines);
  const failed = results.find((result) => result.status === 'failed');
  // The contract is there: a line that was not sent is finished later. A refused one is told, and the
  // next plan finds the contract by its mark and goes on from what stands.
  if (failed?.status === 'failed')
    return failed.certainty === 'refused'
      ? outcomeOf(failed)
      : { status: 'unknown', failure: failed.failure };
  const document = await readBack(reader, id);
  return 'status' in document
    ? document
    : okOf({
        document,
        warnings: [...results.flatMap(warningsOf), ...differences(body.lines, document)],
      });
}

async function writeLines(options: Options, elements: readonly Element[]): Promise<Outcome[]> {
  const contractId = elements[0]?.documentId ?? null;
  if (contractId === null) throw new AppError('system.bug');
  const bodies = elements.map((element) => storedBody(lineBodySchema, element));
  const { results, touched } = await eachLine(options, contractId, bodies);
  if (!touched)
    return results.map((result) => (result.status === 'failed' ? outcomeOf(result) : lost));
  const document = await readBack(options.reader, contractId);
  return results.map((result, index) => {
    const body = bodies[index];
    if (result.status === 'failed')
      // Part of the group is done: the rest is finished before anything else touches the contract.
      return result.certainty === 'unsent'
        ? { status: 'unknown', failure: result.failure }
        : outcomeOf(result);
    if ('status' in document) return document;
    const told = body === undefined ? [] : differences([body], document);
    return okOf({ document, warnings: [...warningsOf(result), ...told] });
  });
}

/**
 * One line after the other. A refusal ends the group: charges that it made are taken back, what came
 * after is refused with the same words. A service that was changed stays, since an adjustment cannot be
 * deleted; charges come first, so that only a service's own refusal comes after one.
 */
async function eachLine(
  { client, reader }: Options,
  contractId: string,
  bodies: readonly LineBody[],
): Promise<{ results: Made[]; touched: boolean }> {
  const place = await placeOf(client, reader, contractId).catch(unsent);
  if ('status' in place) return { results: bodies.map(() => place), touched: false };
  const results: Made[] = [];
  let stopped: Extract<Made, { status: 'failed' }> | null = null;
  for (const body of bodies) {
    if (stopped !== null) {
      results.push(stopped);
      continue;
    }
    const result = await writeLine(client, place, body);
    results.push(result);
    if (result.status === 'failed') stopped = result;
  }
  const isDone = ({ status }: Made) => status !== 'failed';
  if (stopped?.certainty === 'refused')
    for (const [index, body] of bodies.entries()) {
      const result = results[index];
      if (body.kind !== 'charge' || result?.status !== 'done') continue;
      const undone = await removeCharge(client, contractId, `charge:${result.id}`);
      if (undone.status === 'done') results[index] = stopped;
    }
  return { results, touched: results.some(isDone) };
}

interface Place {
  contract: Contract;
  currency: NonNullable<ReturnType<typeof currencyOf>>;
}

async function placeOf(client: Client, reader: Reader, contractId: string): Promise<Place> {
  const [contract] = (
    await client.query('Contracts', contractSchema, [equals('id', idValue(contractId))])
  ).records;
  const [company] =
    contract === undefined
      ? []
      : (
          await client.query('Companies', companySchema, [
            equals('id', idValue(contract.companyID)),
          ])
        ).records;
  const currency =
    company === undefined ? undefined : currencyOf(company, await reader.currencies());
  if (contract === undefined || currency === undefined)
    throw new AppError('system.answer', { retry: retryLater() });
  return { contract, currency };
}

async function writeLine(client: Client, place: Place, body: LineBody): Promise<Made> {
  switch (body.kind) {
    case 'charge':
      return ensureCharge(client, place.contract.id, body);
    case 'service':
      return ensureService({ client, ...place, body });
    case 'remove':
      return body.lineId.startsWith('charge:')
        ? removeCharge(client, place.contract.id, body.lineId)
        : refusal('A service cannot be deleted from a contract. It is ended with a date.');
    default:
      return body satisfies never;
  }
}

async function readBack(reader: Reader, id: string): Promise<Document | UnknownOutcome> {
  const read = await reader.byId([id]).catch(unsent);
  if ('status' in read) return { status: 'unknown', failure: read.failure };
  return read.records[0] ?? lost;
}

const warningsOf = (made: Made): string[] => (made.status === 'done' ? (made.warnings ?? []) : []);

type UnknownOutcome = Extract<Outcome, { status: 'unknown' }>;
const lost: UnknownOutcome = { status: 'unknown', failure: answerless() };
